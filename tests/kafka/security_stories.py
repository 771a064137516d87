#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""TLS with an authority of our own, the ways of SASL, and rights that are too few, against a broker that insists."""
import base64
import json
import pathlib
import subprocess
import sys
import time

import base
import cities
import cluster
from base import report

PASSWORD = "rahasia-sekali-7"


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def make_authority(folder, name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout",
            folder / f"{name}.key", "-out", folder / f"{name}.pem", "-subj", f"/CN={name}")


def make_certificate(folder, authority, name, hosts):
    """NAME.key and NAME.pem; NAME-all.pem has both, as the broker reads them."""
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", folder / f"{name}.key",
            "-out", folder / f"{name}.csr", "-subj", f"/CN={name}")
    (folder / f"{name}.ext").write_text(f"subjectAltName={hosts}\n")
    openssl("x509", "-req", "-in", folder / f"{name}.csr", "-CA", folder / f"{authority}.pem", "-CAkey",
            folder / f"{authority}.key", "-CAcreateserial", "-days", "2", "-extfile", folder / f"{name}.ext", "-out",
            folder / f"{name}.pem")
    (folder / f"{name}-all.pem").write_text((folder / f"{name}.key").read_text() + (folder / f"{name}.pem").read_text())


def environment(folder):
    """Certificates, and what the broker has to know of them."""
    keys = folder / "keys"
    keys.mkdir()
    make_authority(keys, "authority")
    make_authority(keys, "stranger")
    make_certificate(keys, "authority", "broker", "IP:127.0.0.1")
    make_certificate(keys, "authority", "elsewhere", "DNS:kafka.elsewhere.example")
    make_certificate(keys, "authority", "worker", "DNS:worker")
    make_certificate(keys, "stranger", "foreigner", "DNS:worker")
    users = " ".join(f'user_{name}="{PASSWORD}"' for name in ("worker", "poor"))
    module = "org.apache.kafka.common.security"
    (folder / "extra.properties").write_text(f"""ssl.keystore.type=PEM
ssl.keystore.location={keys}/broker-all.pem
ssl.truststore.type=PEM
ssl.truststore.location={keys}/authority.pem
listener.name.liar.ssl.keystore.type=PEM
listener.name.liar.ssl.keystore.location={keys}/elsewhere-all.pem
listener.name.mutual.ssl.client.auth=required
listener.name.sasl.sasl.enabled.mechanisms=PLAIN,OAUTHBEARER
listener.name.sasl.plain.sasl.jaas.config={module}.plain.PlainLoginModule required {users};
listener.name.sasl.oauthbearer.sasl.jaas.config={module}.oauthbearer.OAuthBearerLoginModule required \
unsecuredLoginStringClaim_sub="broker";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:CN=worker
""")
    return {"KENTONGAN_KAFKA_LISTENERS": "TLS:SSL MUTUAL:SSL LIAR:SSL SASL:SASL_SSL",
            "KENTONGAN_KAFKA_EXTRA": str(folder / "extra.properties")}


def token(lives):
    """A JSON Web Token without a signature, as the broker's tests take it."""
    def part(data):
        return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()
    seconds = int(time.time())
    return f'{part({"alg": "none"})}.{part({"sub": "worker", "iat": seconds, "exp": seconds + lives})}.'


class SecurityStories(base.Base):
    def __init__(self, broker, folder):
        super().__init__(broker, folder)
        self.keys = folder / "keys"

    def secured(self, name, listener, properties, rights=True):
        deployment = self.deployment(name)  # its topics are made by an administrator
        deployment.properties.update({"ssl.ca.location": self.keys / "authority.pem", **properties})
        deployment.brokers = f"127.0.0.1:{self.broker.port(listener)}"
        if rights:
            self.give_rights("worker", deployment)
        return deployment

    def give_rights(self, user, deployment, leave_out=()):
        """Those that docs/operations/kafka.md names."""
        who = ["--add", "--allow-principal", f"User:{user}"]
        acl = "org.apache.kafka.tools.AclCommand"
        topics = [part for role, topic in deployment.topics.items() if role not in leave_out for part in ("--topic", topic)]
        self.java(acl, *who, "--operation", "Read", "--operation", "Describe", "--operation", "Write", "--operation",
                  "DescribeConfigs", *topics)
        self.java(acl, *who, "--operation", "Read", "--operation", "Describe", "--group", deployment.name)
        self.java(acl, *who, "--operation", "Write", "--operation", "Describe", "--resource-pattern-type", "prefixed",
                  "--transactional-id", f"{deployment.name}.")

    def works(self, deployment, environment_of=None):
        """Events go in and alerts come out, over HTTP and by the topics; no secret is told."""
        worker = self.worker(deployment, "a", environment=environment_of)
        worker.wait_for("msg=restored", 40)
        code = cities.code_of(1)
        deployment.write(deployment.topics["reports"],
                         [(code, report(n, f"{code}.02.1004", "2024-11-10T08:00:00+07:00")) for n in range(3)])
        status, _ = worker.post("/v1/events", report(9, f"{code}.02.1004", "2024-11-10T08:00:00+07:00"))
        assert status == 202
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == 4, 30, "four events")
        assert PASSWORD not in worker.text()
        assert worker.stop() == 0
        return worker

    def refused(self, deployment, pattern):
        """It says why and waits for somebody who mends it."""
        worker = self.worker(deployment, "a")
        worker.wait_for(pattern, 40)
        assert PASSWORD not in worker.text()
        assert worker.stop() == 0

    def story_tls_with_an_authority_of_our_own(self):
        self.works(self.secured("tls", "TLS", {"security.protocol": "ssl"}, rights=False))

    def story_tls_with_a_certificate_for_the_client(self):
        self.works(self.secured("mutual", "MUTUAL", {
            "security.protocol": "ssl", "ssl.certificate.location": self.keys / "worker.pem",
            "ssl.key.location": self.keys / "worker.key"}, rights=False))

    def story_tls_refuses_who_is_not_what_it_says(self):
        self.refused(self.secured("liar", "LIAR", {"security.protocol": "ssl"}, rights=False), "certificate verify failed")
        self.refused(self.secured("unknown", "TLS", {"security.protocol": "ssl",
                                                     "ssl.ca.location": self.keys / "stranger.pem"}, rights=False),
                     "certificate verify failed")
        self.refused(self.secured("plain", "TLS", {}, rights=False), "waiting for Kafka")
        self.refused(self.secured("foreign", "MUTUAL", {
            "security.protocol": "ssl", "ssl.certificate.location": self.keys / "foreigner.pem",
            "ssl.key.location": self.keys / "foreigner.key"}, rights=False), "waiting for Kafka")

    def story_a_check_cannot_be_turned_off(self):
        for name, value in (("ssl.endpoint.identification.algorithm", "none"),
                            ("enable.ssl.certificate.verification", "false")):
            deployment = self.deployment("off", partitions=0, properties={"security.protocol": "ssl", name: value})
            done = deployment.run("run", "--config", deployment.config("a"), check=False)
            assert done.returncode == 2 and "cannot be turned off" in done.stderr, done
        deployment = self.deployment("open", partitions=0, properties={"sasl.password": PASSWORD})
        done = deployment.run("run", "--config", deployment.config("a"), check=False)
        assert done.returncode == 2 and "env:NAME" in done.stderr and PASSWORD not in done.stderr, done

    def sasl(self, mechanism, secret=None):
        return {"security.protocol": "sasl_ssl", "sasl.mechanism": mechanism, "sasl.username": "worker",
                "sasl.password": secret or f"file:{self.secret_file()}"}

    def secret_file(self, text=PASSWORD):
        path = self.folder / f"secret-{len(text)}"
        path.write_text(text + "\n")
        return path

    def story_sasl_plain(self):
        self.works(self.secured("plain", "SASL", self.sasl("PLAIN")))

    def story_sasl_with_a_wrong_password(self):
        wrong = self.secured("wrong", "SASL", self.sasl("PLAIN", f"file:{self.secret_file('wrong')}"), rights=False)
        self.refused(wrong, "[Aa]uthentication failed")

    def story_sasl_with_a_token_that_is_renewed(self):
        path = self.folder / "token"
        deployment = self.secured("token", "SASL", {"security.protocol": "sasl_ssl", "sasl.mechanism": "OAUTHBEARER",
                                                    "sasl.oauthbearer.token": f"file:{path}"})
        path.write_text(token(10))
        worker = self.worker(deployment, "a")
        worker.wait_for("msg=restored", 40)
        path.write_text(token(3600))
        time.sleep(11)  # the first one is over
        code = cities.code_of(1)
        deployment.write(deployment.topics["reports"], [(code, report(1, f"{code}.02.1004", "2024-11-10T08:00:00+07:00"))])
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == 1, 30, "an event under the second token")
        worker.kill()
        worker.start()
        worker.wait_for("msg=restored", 40)
        assert path.read_text() not in worker.text()
        path.write_text("no token")
        self.refused(deployment, "is no JSON Web Token")

    def story_too_few_rights_are_named(self):
        poor = {**self.sasl("PLAIN"), "sasl.username": "poor"}
        deployment = self.secured("none", "SASL", poor, rights=False)
        done = deployment.run("topics", "check", "--config", deployment.config("a"), check=False)
        assert done.returncode == 1 and "does not exist" in done.stdout, done
        deployment = self.secured("some", "SASL", poor, rights=False)
        self.give_rights("poor", deployment, leave_out=("state",))
        self.java("org.apache.kafka.tools.AclCommand", "--add", "--allow-principal", "User:poor", "--operation", "Describe",
                  "--topic", deployment.topics["state"])
        worker = self.worker(deployment, "a")
        code = cities.code_of(1)
        deployment.write(deployment.topics["reports"], [(code, report(1, f"{code}.02.1004", "2024-11-10T08:00:00+07:00"))])
        worker.wait_for("this user may not", 40)
        assert "this user may not" in json.loads(worker.get_any("/readyz"))["detail"]
        self.give_rights("poor", deployment)
        worker.wait_for("msg=restored", 40)


if __name__ == "__main__":
    sys.exit(base.main(SecurityStories, environment=environment))
