"""How a text is read."""

from __future__ import annotations

from pulih.domain.words.reading import of_token, terms


def test_what_is_too_long_for_a_word_is_read_and_not_remembered():
    before = of_token.cache_info().currsize

    for n in range(50):
        assert terms("x" * 5000 + str(n)) == ["x" * 64]

    assert of_token.cache_info().currsize == before
    assert terms("a.b:" * 100 + "vlan20")[-1] == "vlan20"
