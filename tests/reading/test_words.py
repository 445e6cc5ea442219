"""Parts of a text have the words that they would have alone, and a text those of what it is put together from."""

from __future__ import annotations

import pytest

from checker.reading.words import cut, cut_led, cut_part

TEXTS = [
    "Registers close at 9.30am. But parents (see 4) may ring the local authority (LA). Leave is rare.",
    "It is reviewed in 2024. May we remind you? In May. May it help.",
    "THE SEND TEAM. Please send it; SEND pupils come first.",
    "Pay £ 80, or £160 – we'll write. (Late) pupil(s) don't. “Ring us” now! 5th day.",
    "- Unless ill, come. #12 is a code. Mr O'Neil's list: a, b and c.",
]
LEADS = ["Parents must:", "What do I do?:", "In the year (LA):", "By:", "In May:", "…:", "Parents and carers, please:"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_part_has_the_words_that_it_has_alone(text: str) -> None:
    ends = [at for at in range(len(text) + 1) if text[at : at + 1] in {"", " ", ".", "("}]
    for start in [0, *(at + 1 for at in ends if at < len(text))]:
        for end in (end for end in ends if end > start):
            assert cut_part(text, start, end) == cut(text[start:end]), text[start:end]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("own", TEXTS)
def test_what_leads_to_a_text_changes_none_of_its_words(lead: str, own: str) -> None:
    text = f"{lead} {own}"
    assert cut_led(lead, cut(own), text) == cut(text)
