using System.ComponentModel.DataAnnotations;

namespace Plura.Adapters;

/// <summary><c>Authentication__Google__…</c>: the client that Google's console gave this installation. Nothing is registered where no id is set.</summary>
public sealed class GoogleOptions
{
    public const string Section = "Authentication:Google";

    [Required(ErrorMessage = "Authentication__Google__ClientId is missing.")]
    public string ClientId { get; set; } = "";

    [Required(ErrorMessage = "Authentication__Google__ClientSecret is missing.")]
    public string ClientSecret { get; set; } = "";

    /// <summary>Who vouches for people: Google, or a provider of your own that speaks OpenID Connect.</summary>
    [Required(ErrorMessage = "Authentication__Google__Authority is missing."), Url(ErrorMessage = "Authentication__Google__Authority must be an address.")]
    public string Authority { get; set; } = "https://accounts.google.com";
}
