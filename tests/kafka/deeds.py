# SPDX-License-Identifier: Apache-2.0
"""What is done to the workers and the brokers of a deployment; one deed at a time. After each of them everything runs
again, sooner or later."""
import signal
import time

import cluster
import proxy

INSTANCES = ("a", "b", "c")
# API keys of the requests by which a transaction is made, in their order.
STEPS = {22: "InitProducerId", 24: "AddPartitionsToTxn", 0: "Produce", 25: "AddOffsetsToTxn", 28: "TxnOffsetCommit",
         26: "EndTxn"}


class Trouble:
    """`turn`: held while a broker dies. kcat gives up when its broker goes, and nobody knows what it has written."""

    def __init__(self, deployment, broker, chance, turn):
        self.deployment, self.broker, self.chance, self.turn = deployment, broker, chance, turn
        self.told = []
        self.static = chance.random() < 0.7
        self.proxy = None
        # With several brokers each would need a proxy of its own.
        if broker.nodes == 1 and chance.random() < 0.5:
            self.proxy = proxy.Proxy(broker.port("PROXY"), broker.port("SLOW"))
            deployment.brokers = f"127.0.0.1:{broker.port('PROXY')}"
        self.workers = [cluster.Worker(deployment, one if self.static else "", log=one) for one in INSTANCES]
        self.broker_deaths = 0
        self.deeds = ([self.kill] * 4 + [self.crash_at_step] * 4 + [self.zombie] * 2 + [self.zombie_at_step] * 2 +
                      [self.end] * 2 + [self.double, self.kill_all, self.storm])
        if self.proxy:
            self.deeds += [self.slow] * 3 + [self.cut, self.hold]

    def do(self):
        deeds = list(self.deeds)
        # Three brokers may lose one again and again; a single one takes its time to come back.
        if self.broker_deaths < (4 if self.broker.nodes > 1 else 1):
            deeds += [self.kill_broker] * (3 if self.broker.nodes > 1 else 1)
        deed = self.chance.choice(deeds)
        self.told.append(deed.__name__)
        deed()

    def finish(self):
        """Everything that was left stopped or slow goes on."""
        if self.proxy:
            self.proxy.delay, self.proxy.holding, self.proxy.refusing = 0.0, False, False

    def end_all(self):
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.kill()
        if self.proxy:
            self.proxy.stop()

    def one(self):
        return self.chance.choice(self.workers)

    def kill(self):
        worker = self.one()
        worker.kill()
        time.sleep(self.chance.choice([0, 0, 0.3, 4]))
        worker.start()

    def kill_all(self):
        for worker in self.workers:
            worker.kill()
        for worker in self.workers:
            worker.start()

    def a_step(self, deed):
        key = self.chance.choice(list(STEPS))
        when = self.chance.choice(["before", "after"])
        number = 1 if key == 22 else self.chance.randrange(1, 6)
        self.told[-1] += f":{STEPS[key]}:{when}:{number}"
        return {"FAULT_AT": f"{key}:{number}", "FAULT_WHEN": when, "FAULT_DO": deed}

    def crash_at_step(self):
        """It dies in the middle of a transaction, by itself."""
        worker = self.one()
        worker.kill()
        worker.start(self.a_step("kill"))
        if not worker.died_within(6):
            self.told[-1] += ":never"
            worker.kill()
        worker.start()

    def zombie(self):
        """It sleeps for longer than its session, then goes on as if nothing had been."""
        worker = self.one()
        worker.send(signal.SIGSTOP)
        time.sleep(self.chance.uniform(3.2, 5))
        worker.send(signal.SIGCONT)

    def zombie_at_step(self):
        """The same in the middle of a transaction, which ends by its timeout meanwhile."""
        worker = self.one()
        worker.kill()
        worker.start(self.a_step("stop"))
        for _ in range(60):
            if worker.is_stopped():
                break
            time.sleep(0.1)
        else:
            self.told[-1] += ":never"
        time.sleep(self.chance.choice([0.5, 4, 6]))
        worker.send(signal.SIGCONT)

    def end(self):
        worker = self.one()
        code = worker.stop()
        never_began = code == -signal.SIGTERM and not worker.text()
        assert code == 0 or never_began, f"SIGTERM: exit code {code}"
        worker.start()

    def double(self):
        """A second process under the same name; in the end the first is alone again."""
        worker = self.one()
        twin = cluster.Worker(self.deployment, worker.instance, log="twin")
        time.sleep(self.chance.uniform(0.5, 2))
        twin.kill()

    def storm(self):
        """Members come and go faster than the group settles."""
        for _ in range(self.chance.randrange(3, 6)):
            guest = cluster.Worker(self.deployment, "", log="guest")
            time.sleep(self.chance.uniform(0.2, 1.2))
            if self.chance.random() < 0.5:
                guest.kill()
            else:
                guest.stop()

    def kill_broker(self):
        """With three: whatever it coordinated moves to another one."""
        self.broker_deaths += 1
        with self.turn:
            node = self.chance.randrange(1, self.broker.nodes + 1)
            self.broker.kill(node)
            if self.broker.nodes > 1:
                time.sleep(self.chance.uniform(0.5, 5))
            self.broker.start()

    def slow(self):
        self.proxy.delay = self.chance.choice([0.02, 0.1, 0.4, 0.9])
        time.sleep(self.chance.uniform(1, 5))
        self.proxy.delay = 0.0

    def cut(self):
        self.proxy.refusing = True
        self.proxy.cut()
        time.sleep(self.chance.uniform(0.2, 4))
        self.proxy.refusing = False

    def hold(self):
        """Nothing passes, and no connection ends."""
        self.proxy.holding = True
        time.sleep(self.chance.uniform(1, 5))
        self.proxy.holding = False
