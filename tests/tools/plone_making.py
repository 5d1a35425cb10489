"""Makes the Plone that the tests talk to: packages by their pins in an environment of their own, and its sites.

A program: `make .venv/plone-6.2/.ready` runs it. What is there already is brought up to date, also while others use it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from plone import (
    ADMIN,
    BARE,
    FOLDERISH,
    INTRANET,
    PERSON,
    PUBLISHER,
    ROOT,
    SHARED,
    SITES,
    Hand,
    Plone,
    environment,
    instance,
    version,
)

_ADDON = (
    ROOT / "plugin" / "plone-addon"
)  # each server knows it; no site has it until a test says so


def _build() -> None:
    """Install Plone by its pins, and make the sites."""
    home = environment()
    pins = ROOT / "tests" / "plone" / f"constraints-{version()}.txt"
    uv = Path(sys.executable).with_name("uv")
    subprocess.run(
        [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, home], check=True
    )
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", home / "bin" / "python",
         "--constraint", pins, "Plone", "Products.CMFPlone", "--editable", f"{_ADDON}[test]"],
        check=True,
    )  # fmt: skip
    draft, template = home / "template-new", home / "template"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    (draft / "inituser").write_text(f"{ADMIN[0]}:{ADMIN[1]}\n")
    server = instance(draft)
    server.start()
    try:
        for site in (*SITES, INTRANET, BARE):
            _make(server, site)
    finally:
        server.kill()
    _let_in_only_members(draft)
    for left in ("inituser", "var/Data.fs.lock", "var/Data.fs.tmp", "var/Z4.pid"):
        (draft / left).unlink(missing_ok=True)
    shutil.rmtree(template, ignore_errors=True)
    draft.rename(template)
    (home / ".ready").touch()


def _let_in_only_members(instance: Path) -> None:
    """Give the intranet its workflow, which has no way in over HTTP."""
    script = instance / "workflow.py"
    script.write_text(
        "import transaction\n"
        f"app.{INTRANET}.portal_workflow.setDefaultChain('intranet_workflow')\n"
        "transaction.commit()\n"
    )
    console = environment() / "bin" / "zconsole"
    subprocess.run(
        [console, "run", instance / "etc" / "zope.conf", script],
        check=True, stdin=subprocess.DEVNULL, capture_output=True,
    )  # fmt: skip
    script.unlink()


def _make(server: Plone, site: str) -> None:
    """Make a site with the two users."""
    distribution = "volto" if site in FOLDERISH else "classic"
    told = {
        "site_id": site,
        "title": f"Situs {site}",
        "default_language": "id",
        "portal_timezone": "Asia/Makassar",
        "setup_content": False,
    }
    Hand(f"http://127.0.0.1:{server.port}", ADMIN).post(f"@sites/{distribution}", told)
    admin = server.admin(site)
    if site in {"klasik", INTRANET}:
        admin.post("@addons/plone.restapi/install", {})
    if site == "keduanya":
        admin.patch("@controlpanels/dexterity-types/Document", {"plone.richtext": True})
    for name, password in (PUBLISHER, PERSON):
        person = {"username": name, "email": f"{name}@contoh.go.id", "password": password}
        admin.post("@users", {**person, "fullname": name.title(), "roles": ["Member"]})
    if site != BARE:
        server.root(site, SHARED)


if __name__ == "__main__":
    _build()
