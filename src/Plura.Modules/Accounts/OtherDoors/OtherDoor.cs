namespace Plura.Accounts;

/// <summary>Somebody else's sign-in that this installation trusts to say who a person is. An adapter registers it where it is configured.</summary>
/// <param name="Scheme">The authentication scheme, lower case; it also stands in our addresses: <c>/sign-in/google</c>.</param>
/// <param name="Name">As people know it: Google.</param>
/// <param name="Icon">Its name among the outline icons.</param>
public sealed record OtherDoor(string Scheme, string Name, string Icon)
{
    /// <summary>Where a person connects and disconnects it.</summary>
    public string Page => $"/me/security/with/{Scheme}";

    /// <summary>What the sign-in page says when the other door led nowhere.</summary>
    public static string? Sentence(string? code) => code switch
    {
        "failed" => "The other service did not let you in, or you stopped on the way. Nothing was changed. Try again, or use your password.",
        "known" => "You have an account here with this e-mail address. Sign in with your password once more, and then connect the two.",
        "unconfirmed" => "Please confirm your e-mail address first, by the link in our letter. Signing in with your password sends it again.",
        _ => null,
    };
}

/// <summary>What the other door says about the person who came through it. It is a claim about a mailbox, not yet anybody here.</summary>
/// <param name="Scheme">Which door.</param>
/// <param name="Key">The person's lasting id there.</param>
/// <param name="Name">As they are called there.</param>
/// <param name="Email">Their address there.</param>
/// <param name="EmailVerified">Whether that service has seen that the address is theirs.</param>
public sealed record Introduction(string Scheme, string Key, string? Name, string? Email, bool EmailVerified)
{
    /// <summary>That service has seen that this address is theirs.</summary>
    public bool VouchesFor(string normalized, Func<string?, string?> normalize) => EmailVerified && Email is not null && string.Equals(normalize(Email), normalized, StringComparison.Ordinal);
}
