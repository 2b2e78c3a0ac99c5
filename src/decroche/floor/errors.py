"""Refusals of the floor's commands: each says what happened, what it means, what to do."""

from __future__ import annotations

from decroche.common.errors import DomainError, Language
from decroche.compliance import Refused


class NotSignedIn(DomainError):
    """The command needs a session on the floor."""

    code = "not_signed_in"
    fr = "Vous n'êtes pas connecté au plateau : connectez-vous d'abord."
    en = "You are not signed in on the floor: sign in first."


class SignedInElsewhere(DomainError):
    """The user's session belongs to another window."""

    code = "signed_in_elsewhere"
    fr = "Vous êtes déjà connecté dans une autre fenêtre : fermez-la, ou reprenez la session ici."
    en = "You are already signed in in another window: close it, or take over the session here."


class AlreadySignedIn(DomainError):
    """A second sign-in from the same window."""

    code = "already_signed_in"
    fr = "Vous êtes déjà connecté au plateau."
    en = "You are already signed in on the floor."


class TelephonyDown(DomainError):
    """Asterisk does not answer."""

    code = "telephony_down"
    fr = "La téléphonie redémarre : réessayez dans quelques secondes. Si cela dure, prévenez l'administrateur."
    en = "The phone system is restarting: try again in a few seconds. If this lasts, tell the administrator."


class LineNotReady(DomainError):
    """The agent's own leg is not up."""

    code = "line_not_ready"
    fr = "Votre ligne n'est pas prête : vérifiez votre micro ou votre téléphone, puis réessayez."
    en = "Your line is not ready: check your microphone or your phone, then try again."


class BadOwnNumber(DomainError):
    """The number where the agent wants to be called cannot be."""

    code = "bad_own_number"
    field = "number"
    fr = "Votre numéro de téléphone ne peut pas être appelé depuis ce plateau : vérifiez-le."
    en = "Your phone number cannot be called from this floor: check it."


class InCall(DomainError):
    """Not while a call is under way."""

    code = "in_call"
    fr = "Impossible pendant un appel : raccrochez ou attendez sa fin."
    en = "Not possible during a call: hang up or wait until it ends."


class NoCall(DomainError):
    """There is no call to act on, or not in a state for it."""

    code = "no_call"
    fr = "Il n'y a pas d'appel en cours pour cette action."
    en = "There is no call in progress for this action."


class NotNow(DomainError):
    """The agent's state does not allow it."""

    code = "not_now"
    fr = "Cette action n'est pas possible dans votre état actuel."
    en = "This action is not possible in your current state."


class OutcomeMissing(DomainError):
    """A talk must be qualified before the agent goes on."""

    code = "outcome_missing"
    fr = "Qualifiez d'abord cet appel : choisissez un des boutons sous la fiche."
    en = "Give this call its outcome first: choose one of the buttons below the contact."


class NoOffer(DomainError):
    """No record is offered."""

    code = "no_offer"
    fr = "Aucune fiche n'est proposée pour l'instant."
    en = "No contact is offered at the moment."


class OfferGone(DomainError):
    """The offered record was taken back (campaign stopped, record withdrawn)."""

    code = "offer_gone"
    fr = "Cette fiche n'est plus disponible : une autre va vous être proposée."
    en = "This contact is no longer available: another will be offered."


class ContactInCall(DomainError):
    """Somebody else of the floor is calling the contact or the number."""

    code = "contact_in_call"
    fr = "Ce contact est déjà en ligne avec un autre agent : réessayez plus tard."
    en = "This contact is already on a call with another agent: try again later."


class NoCampaign(DomainError):
    """A manual call belongs to a campaign that the agent works on."""

    code = "no_campaign"
    fr = "Aucune campagne ouverte ne vous est affectée : demandez au chef de plateau."
    en = "No open campaign is assigned to you: ask the supervisor."


class CampaignNotYours(DomainError):
    """The campaign is not open, or the agent is not assigned to it."""

    code = "campaign_not_yours"
    fr = "Cette campagne n'est pas ouverte pour vous : choisissez-en une autre."
    en = "This campaign is not open for you: choose another."


class NoLine(DomainError):
    """No carrier line can take the call now."""

    code = "no_line"
    fr = "Aucune ligne opérateur n'est libre pour cet appel : réessayez dans un instant, ou prévenez l'administrateur."
    en = "No trunk line is free for this call: try again in a moment, or tell the administrator."


class NoOtherNumber(DomainError):
    """The contact has no other number."""

    code = "no_other_number"
    fr = "Cette fiche n'a pas d'autre numéro à appeler."
    en = "This contact has no other number to call."


class BadNumber(DomainError):
    """What was typed is not a telephone number."""

    code = "bad_number"
    field = "number"
    fr = "Ce n'est pas un numéro de téléphone : écrivez-le comme 06 39 98 20 11."
    en = "This is not a phone number: write it like 06 39 98 20 11."


class ContactUnknown(DomainError):
    """The contact is not there."""

    code = "contact_unknown"
    status = 404
    fr = "Cette fiche n'existe plus."
    en = "This contact no longer exists."


class UnknownPause(DomainError):
    """The reason is not active."""

    code = "unknown_pause"
    fr = "Ce motif de pause n'existe plus : rechargez la page."
    en = "This pause reason no longer exists: reload the page."


class RecordingNotAllowed(DomainError):
    """The campaign's policy says never, or always."""

    code = "recording_not_allowed"
    fr = "L'enregistrement de cette campagne ne se commande pas depuis votre poste."
    en = "This campaign's recording is not controlled from your desktop."


class RecordingRefused(DomainError):
    """The person objected to being recorded in this call."""

    code = "recording_refused"
    fr = "La personne s'est opposée à l'enregistrement : il ne peut plus reprendre dans cet appel."
    en = "The person objected to being recorded: recording cannot start again in this call."


class NotRecording(DomainError):
    """Nothing of the call is being recorded."""

    code = "not_recording"
    fr = "Cet appel n'est pas enregistré en ce moment : il n'y a rien à mettre en pause."
    en = "This call is not being recorded now: there is nothing to pause."


class RecordingNotPaused(DomainError):
    """Asterisk did not silence the recording."""

    code = "recording_not_paused"
    fr = "La pause de l'enregistrement a échoué : ne faites pas dire de données bancaires, puis réessayez."
    en = "The recording could not be paused: do not let bank details be given, and try again."


class NoExtension(DomainError):
    """The wrap-up was extended already, or is not timed."""

    code = "no_extension"
    fr = "Le post-appel ne peut plus être prolongé."
    en = "The wrap-up can no longer be extended."


class AgentAway(DomainError):
    """The agent of a supervisor's command is not signed in, or not on a call."""

    code = "agent_away"
    fr = "Cet agent n'est pas connecté, ou pas en ligne."
    en = "This agent is not signed in, or not on a call."


class NotToldOfListening(DomainError):
    """Nobody listens to who has not acknowledged the notice of listening, in the words in force."""

    code = "not_told_of_listening"
    fr = (
        "{name} n'a pas encore confirmé avoir lu la notice d'écoute : l'écouter n'est pas permis. La notice lui est "
        "présentée quand il ou elle prend sa place."
    )
    en = (
        "{name} has not yet confirmed reading the monitoring notice: monitoring is not allowed. The notice is shown "
        "when joining the floor."
    )


class UnknownTrunk(DomainError):
    """The line is not there or not enabled."""

    code = "unknown_trunk"
    fr = "Cette ligne opérateur n'existe pas ou n'est pas active."
    en = "This trunk does not exist or is not enabled."


class UnknownCommand(DomainError):
    """A name that the protocol does not have, or arguments that do not fit."""

    code = "unknown_command"
    status = 422
    fr = "Commande inconnue : rechargez la page pour avoir la dernière version."
    en = "Unknown command: reload the page to have the latest version."


class ElsewhereOnly(DomainError):
    """The window is not the one that the session belongs to."""

    code = "not_this_window"
    fr = "La session est tenue par une autre fenêtre : reprenez-la ici d'abord."
    en = "The session belongs to another window: take it over here first."


class Unsound(DomainError):
    """The database does not answer."""

    code = "database_down"
    fr = "La base de données ne répond pas : réessayez dans quelques secondes."
    en = "The database is not responding: try again in a few seconds."


class OverrideNotYours(DomainError):
    """Only supervisors set a refusal aside."""

    code = "override_not_yours"
    fr = "Seul un superviseur peut passer outre les horaires de la campagne : demandez-lui d'appeler ou de les changer."
    en = "Only a supervisor may override the campaign's hours: ask them to call, or to change the hours."


class CallRefused(DomainError):
    """The rules forbid the call: the gravest reason is the code, `until` a fact where they all end by themselves."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(**({"until": refused.until.isoformat()} if refused.until else {}))
        self.refused = refused
        self.code = refused.reason.code  # type: ignore[misc]

    def sentence(self, language: Language = "fr") -> str:
        """Every reason, the gravest first."""
        return " ".join(reason.sentence(language) for reason in self.refused.reasons)
