using System.ComponentModel.DataAnnotations;

namespace Plura.Adapters;

/// <summary>
/// <c>Sms__Gateway__…</c>: any carrier that takes a text by one HTTP request. <c>{to}</c>, <c>{from}</c>, <c>{text}</c> and <c>{id}</c> stand for the
/// message's own in the address and in the body, written as each of them needs it; <c>{receipt}</c> for the address to which the gateway may post what became of it.
/// </summary>
public sealed class GatewayOptions
{
    public const string Section = "Sms:Gateway";

    [Required(ErrorMessage = "Sms__Gateway__Url is missing."), RegularExpression("https?://.+", ErrorMessage = "Sms__Gateway__Url must begin with https:// or http://.")]
    public string Url { get; set; } = "";

    [RegularExpression("POST|PUT|GET", ErrorMessage = "Sms__Gateway__Method must be POST, PUT or GET.")]
    public string Method { get; set; } = "POST";

    /// <summary><c>Sms__Gateway__Headers__Authorization</c> and whatever else it wants.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public string Body { get; set; } = """{"to":"{to}","from":"{from}","text":"{text}","id":"{id}"}""";

    /// <summary>How the body is written: JSON, a form (<c>application/x-www-form-urlencoded</c>), XML or plain text.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>Under which the gateway signs what it posts to us: texts that come in, and receipts. Without it nothing comes in, and so no marketing goes out.</summary>
    [MinLength(16, ErrorMessage = "Sms__Gateway__Secret needs at least 16 characters.")]
    public string? Secret { get; set; }

    [Range(1, 64, ErrorMessage = "Sms__Gateway__Connections must lie between 1 and 64.")]
    public int Connections { get; set; } = 4;

    [Range(1, 60, ErrorMessage = "Sms__Gateway__TimeoutSeconds must lie between 1 and 60.")]
    public int TimeoutSeconds { get; set; } = 30;
}
