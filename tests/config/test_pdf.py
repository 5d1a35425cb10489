from __future__ import annotations

import pytest

from pulih.config import read_settings, write_settings
from pulih.errors import Invalid


@pytest.mark.parametrize("engine", ["auto", "weasyprint", "pdfkit"])
def test_what_prints_is_chosen_in_the_file_or_in_the_environment(tmp_path, engine):
    assert write_settings(tmp_path / engine, pdf=engine).pdf == engine
    write_settings(tmp_path)

    assert read_settings(tmp_path, {"PULIH_PDF": engine}).pdf == engine


def test_by_itself_the_first_that_works_prints(tmp_path):
    assert write_settings(tmp_path).pdf == "auto"


@pytest.mark.parametrize("engine", ["typst", "WeasyPrint", "", "/usr/bin/wkhtmltopdf"])
def test_another_word_is_refused_with_those_that_fit(tmp_path, engine):
    with pytest.raises(Invalid) as refused:
        write_settings(tmp_path, pdf=engine)

    assert "Isi auto, weasyprint, atau pdfkit." in str(refused.value.problems[0].sentence)
