from __future__ import annotations

import signal

import pytest

pytestmark = pytest.mark.slow


def test_two_workers_never_do_the_same_thing_at_once(jobs, process, log, soon):
    workers = [process(), process()]
    soon(lambda: len([line for line in log() if line[0] == "resume"]) == 2)
    runs = {f"r{number}" for number in range(40)}

    for run in sorted(runs):
        jobs.probe(run)
        jobs.publish()

    soon(lambda: runs <= {line[1] for line in log() if line[0] == "end"})
    for worker in workers:
        worker.terminate()
    assert [worker.wait(10) for worker in workers] == [0, 0]
    lines = log()
    assert all(sum(line[:2] == ["begin", run] for line in lines) == 1 for run in runs)
    assert len({line[2] for line in lines if line[0] == "begin"}) == 2
    builds = [line for line in lines if line[1] == "publish"]
    assert len(builds) >= 4
    for begin, end in zip(builds[::2], builds[1::2], strict=True):
        assert (begin[0], end[0], begin[2]) == ("begin", "end", end[2])


def test_a_worker_that_was_killed_while_building_blocks_nobody(process, log, soon):
    killed = process(build_seconds=60)
    soon(lambda: any(line[1] == "publish" for line in log()))
    killed.kill()
    killed.wait()

    heir = str(process().pid)

    soon(lambda: ["end", "publish", heir] in log() and ["resume", "-", heir] in log())


def test_a_worker_that_is_told_to_stop_ends_its_job_first(jobs, process, log, soon):
    worker = process(build_seconds=0.5)
    soon(lambda: any(line[1] == "publish" for line in log()))

    worker.send_signal(signal.SIGINT)

    assert worker.wait(10) == 0
    assert log()[-1][0] == "bye"
    assert sum(line[0] == "begin" for line in log()) == sum(line[0] == "end" for line in log())
