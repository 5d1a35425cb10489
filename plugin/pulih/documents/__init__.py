"""Papers as PDFs: what stands on a page, and the engines that print it."""
