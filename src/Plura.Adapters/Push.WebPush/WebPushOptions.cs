using System.ComponentModel.DataAnnotations;

namespace Plura.Adapters;

/// <summary><c>Push__…</c>: notifications by web push. It needs no key from anybody; what stands here is for special cases.</summary>
public sealed class WebPushOptions
{
    public const string Section = "Push";

    /// <summary>Whom a push service writes to when something is wrong: <c>mailto:…</c> or <c>https://…</c>. Without it the operator's address.</summary>
    [RegularExpression("(mailto:|https://).+", ErrorMessage = "Push__Contact must begin with mailto: or https://.")]
    public string? Contact { get; set; }

    /// <summary>Lets browsers name push services in the installation's own network, and without HTTPS: for tests, and for a service that one runs oneself.</summary>
    public bool PrivateServices { get; set; }

    [Range(1, 120, ErrorMessage = "Push__TimeoutSeconds must lie between 1 and 120.")]
    public int TimeoutSeconds { get; set; } = 20;
}
