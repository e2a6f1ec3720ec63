import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.taglist import TagListError, parse, write

VALUES = st.lists(st.text("abc019:/+=-@,", min_size=1), max_size=3).map(" ".join)


@given(st.dictionaries(st.sampled_from(["v", "p", "k", "h", "rua", "sp_2"]), VALUES))
def test_what_is_written_is_read(tags: dict[str, str]) -> None:
    assert parse(write(tags)) == tags


@pytest.mark.parametrize("text", ["v=DKIM1;k=rsa", " v = DKIM1 ;\tk=rsa ; ", "v=DKIM1;\r\n\tk=rsa;"])
def test_white_space_around_tags_does_not_count(text: str) -> None:
    assert parse(text) == {"v": "DKIM1", "k": "rsa"}


@pytest.mark.parametrize("text", ["v", "=x", "1v=x", "v=a;;k=b", "v=a;v=b", "v=\x01", "v=é", ";".join(f"a{n}=b" for n in range(101))])
def test_what_is_no_tag_list_is_refused(text: str) -> None:
    with pytest.raises(TagListError):
        parse(text)
