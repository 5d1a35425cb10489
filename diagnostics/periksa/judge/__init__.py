"""The judge: which explanations agree with what was seen, and what would tell them apart.

Pure, and fed with findings only. Each explanation is a place and a type of fault; what it would
show is derived from how networks work, over the links of the network at hand. Forbidden here:
sockets, files, the clock, and any name or address that is not read from that network.
"""
