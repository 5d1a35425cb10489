"""What people do, one module a desk. Speaks domain and ports only: no Flask, no SQL, no files, no clock."""
