"""What a template left behind, and what only looks like it."""

import pytest

from checker.recognise.placeholders import placeholders


@pytest.mark.parametrize(
    ("text", "kind", "fillable"),
    [
        ("[insert your school's name]", "instruction", False),
        ("[insert date]", "instruction", True),
        ("(insert name of school)", "instruction", False),
        ("Write to [name of parent]", "bracket", True),
        ("[day/timetabled session]", "bracket", True),
        ("School [office] staff", "bracket", True),
        ("[Optional] We also", "bracket", True),
        ("<name of school>", "bracket", True),
        ("<<School>>", "mergefield", True),
        ("Dear «full_name»", "mergefield", True),
        ("{{school}}", "mergefield", True),
        ("{school name}", "mergefield", True),
        ("telephone ########", "hash", True),
        ("Mrs XX", "hash", True),
        ("xx/xx/xxxx", "hash", True),
        ("XX/XX/20XX", "hash", True),
        ("a fine of £XX", "hash", True),
        ("within X days", "hash", True),
        ("Review date: TBC", "tbc", False),
        ("TBA", "tbc", False),
        ("Approved: to be confirmed", "tbc", False),
        ("Signed ________", "blank", True),
        ("…………", "blank", True),
        ("Name: .........", "blank", True),
        ("Dear [....]", "blank", True),
        ("Date (dd/mm/yyyy)", "blank", True),
        ("__/__/____", "blank", True),
        ("Set out your approach to rewards here.", "instruction", False),
        ("Please adapt this to fit", "instruction", False),
        ("Amend this section to reflect practice.", "instruction", False),
        ("Note to schools: remove", "instruction", False),
        ("If your school has a nursery, say so.", "instruction", False),
        ("Delete as appropriate", "choice", True),
        ("Click or tap here to enter text.", "choice", True),
        ("Error! Bookmark not defined.", "broken", False),
    ],
)
def test_finds(text: str, kind: str, fillable: bool) -> None:
    (placeholder,) = placeholders(text)
    assert (placeholder.kind, placeholder.fillable) == (kind, fillable)


@pytest.mark.parametrize(
    "text",
    [
        "[2024 school attendance regulations](https://elmfield.example/law)",
        "he said they was [sic] late",
        "as shown in the study [1]",
        "see [4.2]",
        "[a] and [iv]",
        "[2017] UKSC 28",
        "tick the box [ ] or [x]",
        'the law says "the [pupil] shall attend"',
        "the parent[s] of the child[ren]",
        "[S]chools must",
        "he said […] so",
        "[email protected]",
        "[see note 3]",
        "<p>Notify us</p><br>",
        '<a href="x">here</a>',
        "below <90% and >80%",
        "<office@elmfield.sch.uk>",
        "a < b and c > d",
        "Recording attendance..... 5",
        "absence needs to be confirmed by a doctor",
        "Chapter XX",
        "code X sessions",
        "code #",
        "## Heading",
        "We adapt the curriculum for each pupil",
        "If your child is ill, call us",
        "Insert your child's name in the book",
        "wait...",
        "-----",
        "x (times) y",
    ],
)
def test_is_no_placeholder(text: str) -> None:
    assert placeholders(text) == ()


def test_offsets_lead_to_the_words() -> None:
    text = "At [school name] the champion is TBC (tel. ____)."
    assert [placeholder.written(text) for placeholder in placeholders(text)] == ["[school name]", "TBC", "____"]
