using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>How an account tells its contacts apart. No row means the defaults.</summary>
public sealed class ContactSettings : ITenantOwned
{
    private ContactSettings()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>True where two contacts may have the same address.</summary>
    public bool AllowDuplicates { get; private set; }

    /// <summary>Which address is looked at first when a person is matched: <c>email</c> or <c>phone</c>.</summary>
    public string MatchFirst { get; private set; } = ContactPoint.Email;

    public static ContactSettings Default() => new();

    public void Set(bool allowDuplicates, string matchFirst) => (AllowDuplicates, MatchFirst) = (allowDuplicates, matchFirst);
}
