"""The demo office: invented people and cases of an office that could be Sumbawa's. `data.load()` reads them."""
