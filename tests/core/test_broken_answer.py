from __future__ import annotations

import multiprocessing
import os
import struct
import sys
import threading

import pytest

from checker.guarded import Limits, TaskLostError, _Worker


@pytest.mark.skipif(sys.platform == "win32", reason="there a pipe carries whole messages only")
def test_a_process_that_is_ended_in_the_middle_of_its_answer_is_lost_and_nothing_else() -> None:
    ours, theirs = multiprocessing.Pipe()
    worker = _Worker.__new__(_Worker)
    worker._line, worker._started = ours, True
    os.write(theirs.fileno(), struct.pack("!i", 1_000_000) + b"the beginning of an answer")
    reader = threading.Timer(0.2, theirs.close)
    reader.start()
    with pytest.raises(TaskLostError) as caught:
        worker.call("task", Limits(), threading.Event())
    assert caught.value.code == "worker-lost"
