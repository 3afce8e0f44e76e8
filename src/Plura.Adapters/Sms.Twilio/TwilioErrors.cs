using System.Collections.Frozen;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>The service's numbers for what goes wrong, as ends of our own with a sentence for a business owner.</summary>
internal static class TwilioErrors
{
    private static readonly FrozenDictionary<int, (HandOffOutcome Outcome, string Words)> Known = new Dictionary<int, (HandOffOutcome, string)>
    {
        [14107] = (HandOffOutcome.Deferred, "Too many messages went to this number in a short time."),
        [20429] = (HandOffOutcome.Deferred, "The service asks for a slower pace."),
        [21211] = (HandOffOutcome.Bounced, "This is not a telephone number."),
        [21217] = (HandOffOutcome.Bounced, "This number does not exist."),
        [21408] = (HandOffOutcome.Refused, "Your texting service does not send to this country."),
        [21606] = (HandOffOutcome.Refused, "Your number cannot send text messages."),
        [21610] = (HandOffOutcome.StopListed, "They told the phone company that they want no texts from you."),
        [21611] = (HandOffOutcome.Deferred, "Too many of your messages wait to be sent."),
        [21612] = (HandOffOutcome.Refused, "Your number cannot reach this one."),
        [21614] = (HandOffOutcome.Bounced, "This number takes no text messages: it is no mobile number."),
        [21617] = (HandOffOutcome.Refused, "The message is too long."),
        [30001] = (HandOffOutcome.Deferred, "Too many of your messages wait to be sent."),
        [30002] = (HandOffOutcome.Refused, "Your account with the texting service is suspended."),
        [30003] = (HandOffOutcome.Refused, "The phone could not be reached: it is off, or has no signal."),
        [30004] = (HandOffOutcome.Refused, "The message was blocked: the phone or its company takes none from you."),
        [30005] = (HandOffOutcome.Bounced, "This number does not exist, or is out of service."),
        [30006] = (HandOffOutcome.Bounced, "This number takes no text messages: it is a landline, or its company carries none."),
        [30007] = (HandOffOutcome.Refused, "The phone company took the message for spam."),
        [30008] = (HandOffOutcome.Refused, "The phone company did not deliver it and does not say why."),
        [30022] = (HandOffOutcome.Deferred, "Your campaign has reached its pace with the phone companies."),
        [30023] = (HandOffOutcome.Deferred, "Your brand has reached its number of messages for today."),
        [30032] = (HandOffOutcome.Refused, "Your toll-free number is not verified."),
        [30034] = (HandOffOutcome.Refused, "Your number is not registered with the phone companies."),
        [63038] = (HandOffOutcome.Deferred, "Your account has reached its number of messages for today."),
    }.ToFrozenDictionary();

    public static HandOff Of(int code) => Known.TryGetValue(code, out var known)
        ? new HandOff(known.Outcome, code, null, known.Words)
        : new HandOff(HandOffOutcome.Refused, code, null, "The texting service refused the message.");

    /// <summary>What a status of the service means; null while it says nothing of what became of the message.</summary>
    public static ReceiptOutcome? Receipt(string? status, int? code) => status switch
    {
        "sent" or "delivering" => ReceiptOutcome.Taken,
        "delivered" or "read" => ReceiptOutcome.Delivered,
        "undelivered" or "failed" => code is { } why ? Receipt(why) : ReceiptOutcome.Undelivered,
        _ => null,
    };

    public static string Words(ReceiptOutcome? receipt, int? code) => receipt is null or ReceiptOutcome.Taken or ReceiptOutcome.Delivered ? ""
        : code is { } reason ? Of(reason).Reply : "The phone company did not deliver it and does not say why.";

    /// <summary>The same as a receipt: the service has given up by then, so there is no later.</summary>
    private static ReceiptOutcome Receipt(int code) => Of(code).Outcome switch
    {
        HandOffOutcome.Bounced => ReceiptOutcome.Dead,
        HandOffOutcome.StopListed => ReceiptOutcome.StopListed,
        _ => ReceiptOutcome.Undelivered,
    };
}
