"""Jobs for the tests of the RQ queues, and the way to enqueue them: rq_jobs.py URL QUEUE FUNCTION HOW_MANY [ARGUMENT]"""
import sys
import time


def quick(seconds=0.05):
    time.sleep(seconds)


def slow(seconds):
    time.sleep(seconds)


def fail():
    raise ValueError("as it was meant to")


def main(url, queue, function, how_many, *arguments):
    import rq
    from redis import Redis

    queue = rq.Queue(queue, connection=Redis.from_url(url))
    arguments = [float(argument) for argument in arguments]
    prepared = [
        rq.Queue.prepare_data("rq_jobs." + function, args=arguments, timeout=3600) for _ in range(int(how_many))
    ]
    queue.enqueue_many(prepared)


if __name__ == "__main__":
    main(*sys.argv[1:])
