"""What a real SMTP server says, and what the e-mail becomes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.fakes.mail_server import MailServer
from tests.unit.messages.conftest import LETTER, NOW, jobs

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")


def state_of(mail: Any) -> tuple[Any, ...]:
    return mail.state, mail.problem, mail.answer_code, mail.answer


def test_the_server_gets_what_was_written(mail, send, server):
    send(mail)
    (message,) = server.messages
    assert (message["To"], message["Subject"]) == ("helene@exemple.fr", "Votre devis")
    assert message["From"].addresses[0].display_name == "L’équipe, Mutuelle"
    assert message.get_content().splitlines() == LETTER["text"].splitlines()
    assert (message["Message-ID"], message.get_content_type()) == (mail.message_id, "text/plain")
    assert (server.taken[0].mail_from, server.taken[0].rcpt_tos) == ("contact@mutuelle.example", ["helene@exemple.fr"])


def test_it_is_known_as_sent(mail, send):
    send(mail)
    assert (*state_of(mail), mail.attempts, mail.ended_at) == ("sent", "", None, "", 1, NOW)


def test_answers_go_where_the_sender_wants_them(make_sender, server, assigned, contact, send):
    from decroche.messages.models import Mail

    make_sender(server, reply_to="sav@mutuelle.example")
    assigned.post(f"/contacts/{contact.pk}/mails", LETTER)
    send(Mail.objects.get())
    assert server.messages[0]["Reply-To"] == "sav@mutuelle.example"


def test_a_job_that_comes_again_sends_nothing(mail, send, server):
    send(send(mail))
    assert (len(server.taken), mail.attempts) == (1, 1)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_what_the_server_puts_off_is_tried_again_later(mail, send, server, clock, stage):
    server.answers[stage].append("451 come back")
    send(mail)
    assert (mail.state, mail.answer_code, mail.next_at) == ("queued", 451, NOW + timedelta(minutes=1))
    assert [job.scheduled_at for job in jobs()] == [None, mail.next_at]
    send(mail)
    assert (*state_of(mail), mail.attempts, len(server.taken)) == ("sent", "", None, "", 2, 1)


def test_the_same_message_id_comes_with_each_attempt(mail, send, server):
    before = mail.message_id
    server.answers["DATA"].append("451 come back")
    send(send(mail))
    assert server.messages[0]["Message-ID"] == before


def test_nobody_tries_for_ever(mail, send, server):
    server.answers["RCPT"].extend(["450 full"] * 6)
    for _ in range(6):
        assert mail.state == "queued"
        send(mail)
    assert (*state_of(mail), mail.attempts, len(jobs())) == ("refused", "recipient", 450, "full", 6, 6)


@pytest.mark.parametrize(("stage", "problem"), [("MAIL", "sender"), ("RCPT", "recipient"), ("DATA", "content")])
def test_what_the_server_refuses_is_refused_with_its_words(mail, send, server, stage, problem):
    server.answers[stage].append("550 5.1.1 no such user")
    send(mail)
    assert (*state_of(mail), mail.ended_at) == ("refused", problem, 550, "5.1.1 no such user", NOW)
    assert len(jobs()) == 1


def test_a_server_that_is_away_is_tried_again(mail, send, sender, server):
    sender.port = _closed_port()
    sender.save()
    send(mail)
    assert (mail.state, mail.problem) == ("queued", "connection")


def test_a_name_that_leads_nowhere_is_tried_again(mail, send, sender):
    sender.host = "smtp.invalid"
    sender.save()
    send(mail)
    assert (mail.state, mail.problem) == ("queued", "unknown_host")


def test_a_line_that_is_lost_while_it_is_handed_over_is_not_tried_again(mail, send, server):
    """The server may have it: nobody but a person may send it a second time."""
    server.answers["DATA"].append("cut")
    send(mail)
    assert (mail.state, mail.problem, len(jobs())) == ("refused", "unconfirmed", 1)


def test_an_attempt_that_a_dead_worker_left_is_not_made_again(mail, send, server):
    mail.trying_since = NOW
    mail.save()
    send(mail)
    assert (mail.state, mail.problem, server.taken) == ("refused", "unconfirmed", [])


def test_a_login_opens_the_server(make_sender, assigned, contact, send):
    from decroche.messages.models import Mail

    with MailServer(login=("floor", "s3cret")) as server:
        make_sender(server, username="floor", secret="s3cret")
        assigned.post(f"/contacts/{contact.pk}/mails", LETTER)
        assert send(Mail.objects.get()).state == "sent"


def test_a_login_that_is_refused_is_for_an_administrator(make_sender, assigned, contact, send):
    from decroche.messages.models import Mail

    with MailServer(login=("floor", "s3cret")) as server:
        make_sender(server, username="floor", secret="wrong")
        assigned.post(f"/contacts/{contact.pk}/mails", LETTER)
        mail = send(Mail.objects.get())
    assert (mail.state, mail.problem, mail.answer_code) == ("refused", "login", 535)


def test_a_password_written_with_another_key_is_for_an_administrator(mail, send, sender):
    sender.secret = "gAAAA"
    sender.save()
    assert (send(mail).state, mail.problem) == ("refused", "secret")


def test_a_sender_disabled_meanwhile_sends_nothing(mail, send, sender, server):
    sender.enabled = False
    sender.save()
    assert (send(mail).state, mail.problem, server.taken) == ("refused", "no_sender", [])


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of mail.example, signed by nobody."""
    return _certificate(tmp_path)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(make_sender, certificate, as_admin, security):
    with MailServer(certificate=certificate, tls=security == "tls") as server:
        sender = make_sender(server, security=security)
        answer = as_admin.post(f"/senders/{sender.pk}/test", {"to": "ada@exemple.fr"}).json()
    assert (answer["problem"], server.taken) == ("certificate", [])


def test_a_server_without_starttls_is_not_spoken_to_in_the_clear(make_sender, server, as_admin):
    sender = make_sender(server, security="starttls", username="floor", secret="s3cret")
    answer = as_admin.post(f"/senders/{sender.pk}/test", {"to": "ada@exemple.fr"}).json()
    assert (answer["problem"], server.taken) == ("no_starttls", [])


def test_the_wrong_kind_of_port_is_told(make_sender, server, as_admin):
    sender = make_sender(server, security="tls")
    assert as_admin.post(f"/senders/{sender.pk}/test", {"to": "ada@exemple.fr"}).json()["problem"] == "tls"


def test_a_test_is_a_real_e_mail_in_the_language_of_who_asks(sender, server, as_admin):
    as_admin.user.language = "en"
    as_admin.user.save()
    answer = as_admin.post(f"/senders/{sender.pk}/test", {"to": "ada@exemple.fr"})
    assert answer.json() == {"problem": None, "answer_code": None, "answer": ""}
    assert (server.messages[0]["To"], server.messages[0]["Subject"]) == ("ada@exemple.fr", "Décroche: test e-mail")


def test_a_test_tells_what_the_server_answered(sender, server, as_admin):
    server.answers["RCPT"].append("550 no relay for you")
    answer = as_admin.post(f"/senders/{sender.pk}/test", {"to": "ada@exemple.fr"}).json()
    assert answer == {"problem": "recipient", "answer_code": 550, "answer": "no relay for you"}


def test_a_test_needs_an_address(sender, as_admin):
    answer = as_admin.post(f"/senders/{sender.pk}/test", {"to": "ada"})
    assert list(answer.json()["error"]["fields"]) == ["to"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(mail, server):
    from django.db import connection

    from decroche.messages.sending import send

    def second_worker() -> None:
        send(mail.pk)
        connection.close()

    second = Thread(target=second_worker)

    def start() -> None:
        second.start()
        second.join(0.3)  # it waits for the row

    server.while_taking = start
    send(mail.pk)
    second.join()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, len(server.taken)) == ("sent", 1, 1)


def _closed_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _certificate(folder: Path) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    path = folder / "mail.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
