"""The contract, told to a live server by a client that shares no code with it.

Run:  BAKEN_URL=… BAKEN_CA=… BAKEN_ROOT=… BAKEN_ADD_DESK=… /usr/bin/python3 tests/interop/test_server.py
(the variables: world.py). Start it in a later second than the server: until then the server refuses
every signature. Each run adds one desk with a fresh name, so it may be repeated on the same data.
"""

import sys
import unittest

from server_desk import Listing, Mailbox, Reporting
from server_destruction import Changing, Destruction
from server_directory import Directory, DirectoryRefusals, KeyRefusals, StandRefusals
from server_meldingen import Faults
from server_signatures import Rights, Signatures
from server_trail import Revocation, Trail
from server_wire import Hazards, Http
from world import missing_variables

__all__ = ["Changing", "Destruction", "Directory", "DirectoryRefusals", "Faults", "Hazards", "Http", "KeyRefusals",
           "Listing", "Mailbox", "Reporting", "Revocation", "Rights", "Signatures", "StandRefusals", "Trail"]

if __name__ == "__main__":
    if missing_variables():
        sys.exit(f"set {', '.join(missing_variables())}: see the head of world.py")
    unittest.main()
