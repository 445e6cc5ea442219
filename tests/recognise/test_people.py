"""Names of people, told from posts, places, organisations and headings. All people are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.people import Confidence, people


def certain(text: str) -> list[str]:
    return [person.name for person in people(text) if person.confidence is Confidence.CERTAIN]


def possible(text: str) -> list[str]:
    return [person.name for person in people(text) if person.confidence is Confidence.POSSIBLE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mrs J Smith", ["J Smith"]),
        ("Lauren O'Neill", ["Lauren O'Neill"]),
        ("Dr Kerry Jordan-Davies", ["Kerry Jordan-Davies"]),
        ("Miss A. B. Patel", ["A B Patel"]),
        ("Mr. J.P. Morgan", ["J P Morgan"]),
        ("Mr. Smith", ["Smith"]),
        ("MRS SMITH", ["Smith"]),
        ("Ms Ngozi Okafor-Bell", ["Ngozi Okafor-Bell"]),
        ("Mrs Smith's class", ["Smith"]),
        ("Miss Jones' class", ["Jones"]),
        ("Mr and Mrs Smith", ["Smith"]),
        ("Mx Robin Ash", ["Robin Ash"]),
        ("Revd Dr Jane Frost", ["Jane Frost"]),
        ("Sister Mary Clare", ["Mary Clare"]),
        ("Mrs. K. van der Merwe", ["K van der Merwe"]),
        ("Mrs Hall and Miss Park", ["Hall", "Park"]),
        ("Jo (Joanna) Reed", ["Jo Reed"]),
        ("SMITH, John", ["John Smith"]),
        ("O'BRIEN, Siobhán", ["Siobhán O'Brien"]),
        ("MacDonald, Fiona", ["Fiona MacDonald"]),
        ("LAUREN O'NEILL", ["Lauren O'Neill"]),
        ("Sam LEE", ["Sam Lee"]),
        ("Sam Lee Jo Reed", ["Sam Lee", "Jo Reed"]),
        ("Sam Lee and Jo Reed", ["Sam Lee", "Jo Reed"]),
        ("Anne Marie Smith BA (Hons)", ["Anne Marie Smith"]),
        ("Tariq bin Zayd", ["Tariq bin Zayd"]),
        ("Mohammed Ali", ["Mohammed Ali"]),
        ("Kulwinder Kaur Dhillon", ["Kulwinder Kaur Dhillon"]),
        ("Oluwaseun Adeyemi", ["Oluwaseun Adeyemi"]),
        ("Agnieszka Kowalczyk-Brown", ["Agnieszka Kowalczyk-Brown"]),
        ("Łukasz Wójcik", ["Łukasz Wójcik"]),
        ("Xiao Ling Chen", ["Xiao Ling Chen"]),
        ("María José García", ["María José García"]),
        ("Rivka Goldberg", ["Rivka Goldberg"]),
        ("Aoife Ní Bhriain", ["Aoife Ní Bhriain"]),
        ("Gwenllian Pugh", ["Gwenllian Pugh"]),
        ("Sarah White", ["Sarah White"]),
        ("Tom Hall", ["Tom Hall"]),
        ("Mark Taylor leads on this", ["Mark Taylor"]),
        ("Grace Okafor", ["Grace Okafor"]),
    ],
)
def test_is_certain(text: str, expected: list[str]) -> None:
    assert certain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The champion is Zorbla Quint.", ["Zorbla Quint"]),
        ("Pieter van der Berg", ["Pieter van der Berg"]),
        ("Signed: J Brown", ["J Brown"]),
        ("J. Smith", ["J Smith"]),
        ("Please ask Siân", ["Siân"]),
        ("Contact Aisha in the office", ["Aisha"]),
        ("April Jones", ["April Jones"]),
    ],
)
def test_is_possible(text: str, expected: list[str]) -> None:
    assert certain(text) == []
    assert possible(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Deputy Head Pastoral",
        "Senior Attendance Champion",
        "Family Liaison Officer",
        "School Office",
        "Pine Hill Primary",
        "John Ruskin School",
        "Jane Austen Academy",
        "Lady Margaret School",
        "St Mary's Church",
        "St. John Rivers",
        "Holy Trinity",
        "Tower Hamlets",
        "Milton Keynes",
        "Isle of Wight",
        "Northern Ireland",
        "Kent",
        "Charlotte Street",
        "Victoria Park",
        "Year Six",
        "Key Stage Two",
        "Monday 3 March",
        "Summer Term",
        "May Bank Holiday",
        "Good Friday",
        "Promoting Good Attendance",
        "Keeping Children Safe",
        "KEEPING CHILDREN SAFE",
        "Working Together",
        "Kent County Council",
        "Department for Education",
        "Education Act 1996",
        "Children Act",
        "Free School Meals",
        "Fixed Penalty Notice",
        "Notice To Improve",
        "Breakfast Club",
        "Early Help",
        "Pupil Asset",
        "Oak Tree Learning Trust",
        "Miss School",
        "Dear Parent",
        "A Parent",
        "E Excluded without provision",
        "Mark registers promptly",
        "Grace period",
        "Will Pupils Be Fined",
        "Mrs XX",
        "Dr. Who decides",
        "DSL and SENCo",
        "Martin Luther King Day",
        "Non-infectious illness",
    ],
)
def test_is_nobody(text: str) -> None:
    assert [person.name for person in people(text)] == []


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("Headteacher: Sam Lee", "Sam Lee", "headteacher"),
        ("Headteacher – Priya Sharma", "Priya Sharma", "headteacher"),
        ("Priya Sharma is the Headteacher", "Priya Sharma", "headteacher"),
        ("Sam Lee (Headteacher)", "Sam Lee", "headteacher"),
        ("Jo Reed, Attendance Officer", "Jo Reed", "attendance officer"),
        ("Senior Attendance Champion Lauren O'Neill", "Lauren O'Neill", "attendance champion"),
        ("The Senior Attendance Champion is Zorbla Quint", "Zorbla Quint", "attendance champion"),
        ("Safeguarding Lead: Mr T. Nguyen", "T Nguyen", "designated safeguarding lead"),
        ("DSL Sam Lee", "Sam Lee", "designated safeguarding lead"),
        ("Chair of Governors: Revd. T. Hill", "T Hill", "governor"),
        ("Mr D'Souza, our Deputy Head (Pastoral),", "D'Souza", "deputy headteacher"),
    ],
)
def test_the_post_beside_a_name(text: str, name: str, key: str) -> None:
    (person,) = people(text)
    assert person.name == name
    assert person.post is not None
    assert person.post.key == key


def test_each_name_of_a_list_has_its_own_post() -> None:
    text = "Headteacher: Sam Lee, Attendance Officer: Jo Reed"
    assert [(person.name, person.post.key) for person in people(text) if person.post] == [
        ("Sam Lee", "headteacher"),
        ("Jo Reed", "attendance officer"),
    ]


def test_a_name_alone_has_no_post() -> None:
    assert [person.post for person in people("Sam Lee, Jo Reed and the headteacher")] == [None, None]


def test_titles_and_offsets() -> None:
    text = "Ask Mrs. J. O'Brien, or DR KHAN."
    found = people(text)
    assert [(person.title, person.written(text)) for person in found] == [("Mrs", "Mrs. J. O'Brien"), ("Dr", "DR KHAN")]


_GIVEN = ["Sarah", "Ngozi", "Kulwinder", "Siân", "Agnieszka", "Yusuf", "Mei", "Moshe", "Aoife", "Kwame"]
_SURNAMES = [
    "O'Neill",
    "Okafor",
    "Dhillon",
    "Pugh",
    "Kowalczyk",
    "Demir",
    "Cheung",
    "Goldberg",
    "Byrne",
    "Mensah-Clarke",
]


@given(
    st.sampled_from(_GIVEN),
    st.sampled_from(_SURNAMES),
    st.sampled_from(["{g} {s}", "Mrs {g} {s}", "Dr. {g} {s}", "{G} {S}", "{S}, {g}"]),
    st.sampled_from(
        ["{}", "The headteacher, {}, decides.", "Approved by {} in March", "Contact: {} 01632 960123", "({})"]
    ),
)
def test_any_name_in_any_place_comes_back(given_name: str, surname: str, form: str, sentence: str) -> None:
    written = form.format(g=given_name, s=surname, G=given_name.upper(), S=surname.upper())
    assert certain(sentence.format(written)) == [f"{given_name} {surname}"]


@given(st.text(alphabet="ABabc .,'-()éÖМ\"\u0301", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for person in people(text):
        assert 0 <= person.start < person.end <= len(text)
