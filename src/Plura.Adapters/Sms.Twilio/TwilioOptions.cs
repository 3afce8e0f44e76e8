using System.ComponentModel.DataAnnotations;

namespace Plura.Adapters;

/// <summary><c>Sms__Twilio__…</c>: the service that carries our texts, or any that speaks its language. Nothing is registered where no account is set.</summary>
public sealed class TwilioOptions
{
    public const string Section = "Sms:Twilio";
    public const string Usual = "https://api.twilio.com";

    [Url(ErrorMessage = "Sms__Twilio__BaseUrl must be an address.")]
    public string BaseUrl { get; set; } = Usual;

    [Required(ErrorMessage = "Sms__Twilio__AccountSid is missing.")]
    public string AccountSid { get; set; } = "";

    /// <summary>Signs us in, and is the key under which what the service tells us is signed.</summary>
    [Required(ErrorMessage = "Sms__Twilio__AuthToken is missing.")]
    public string AuthToken { get; set; } = "";

    /// <summary>How many messages may be on their way at once.</summary>
    [Range(1, 64, ErrorMessage = "Sms__Twilio__Connections must lie between 1 and 64.")]
    public int Connections { get; set; } = 4;

    [Range(1, 60, ErrorMessage = "Sms__Twilio__TimeoutSeconds must lie between 1 and 60.")]
    public int TimeoutSeconds { get; set; } = 30;
}
