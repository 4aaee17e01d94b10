"""A Celery application for the tests, and the way to send its tasks: celery_tasks.py QUEUE HOW_MANY SECONDS [PRIORITY]"""
import os
import sys
import time

from celery import Celery

app = Celery("celery_tasks", broker=os.environ["BROKER"])
app.conf.broker_transport_options = {"queue_order_strategy": "priority", "global_keyprefix": os.environ.get("PREFIX", "")}
app.conf.task_acks_late = True
app.conf.worker_prefetch_multiplier = 2


@app.task
def nap(seconds):
    time.sleep(seconds)


def main(queue, how_many, seconds, priority=0):
    for _ in range(int(how_many)):
        nap.apply_async((float(seconds),), queue=queue, priority=int(priority))


if __name__ == "__main__":
    main(*sys.argv[1:])
