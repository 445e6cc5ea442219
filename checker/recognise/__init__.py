"""What is the same in any English policy: times, dates, durations, money, people, telephone numbers, citations."""
