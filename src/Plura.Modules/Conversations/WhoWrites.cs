using Plura.Contacts.Contracts;

namespace Plura.Conversations;

/// <summary>What somebody says of themselves when they write. It fills only what was empty of their contact.</summary>
public static class WhoWrites
{
    /// <param name="name">As they write it; null or an address for none.</param>
    /// <param name="email">From where they write.</param>
    /// <param name="source">By what they came, shown in their story.</param>
    public static ContactDraft Draft(string? name, string email, string source)
    {
        var whole = name is null || name.Contains('@', StringComparison.Ordinal) ? "" : name.Trim('"', '\'', ' ');
        var blank = whole.LastIndexOf(' ');
        return new ContactDraft
        {
            FirstName = Short(blank > 0 ? whole[..blank] : whole),
            LastName = Short(blank > 0 ? whole[(blank + 1)..] : ""),
            Email = email,
            Source = source,
        };
    }

    /// <summary>A contact's names have at most a hundred characters.</summary>
    private static string? Short(string name) => name.Length == 0 ? null : name.Length > 100 ? name[..100] : name;
}
