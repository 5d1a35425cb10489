"""A regency's network in namespaces, to break on purpose: ``python tests/lab``.

Every cable is two veth pairs that meet in one namespace, ``wires``, where the kernel forwards
between them while the cable is whole and a program of ours while it is not. Nothing in here is
known to what it tests: judging reads the recorded findings and the network's description only.
"""
