namespace Plura.Privacy.Contracts;

/// <summary>How an address stands now for marketing on a channel, as a condition of a statement: for modules that select people by it.</summary>
public static class AddressPermissions
{
    /// <summary>About everything.</summary>
    public const string May = "may";

    /// <summary>About some topics only.</summary>
    public const string Some = "some";

    /// <summary>Said no, or unsubscribed.</summary>
    public const string Refused = "refused";

    /// <summary>Nobody has recorded that they agreed, or nobody can say where and in which words.</summary>
    public const string None = "none";

    /// <summary>Gets nothing: mail came back for good, a complaint, an erasure.</summary>
    public const string Blocked = "blocked";

    private const string Holds = "s.act in ('granted', 'attested') and s.proof <> 'none'";

    public static IReadOnlySet<string> All { get; } = new SortedSet<string>([May, Some, Refused, None, Blocked], StringComparer.Ordinal);

    /// <summary>True or false, never null; names <c>@tenant</c>. Each address has exactly one of the states.</summary>
    /// <param name="state">One of the above.</param>
    /// <param name="key">The address key in the statement at hand.</param>
    /// <param name="channel">One of <see cref="Channels"/>.</param>
    public static string Sql(string state, string key, string channel)
    {
        if (channel is not (Channels.Email or Channels.Sms))
            throw new ArgumentOutOfRangeException(nameof(channel));
        var blocked = $"exists (select from privacy.suppression x where x.tenant_id = @tenant and x.address_key = {key} and x.channel = '{channel}')";
        return state switch
        {
            Blocked => blocked,
            May => $"({Said($"s.topic = '{Topics.All}' and {Holds}")} and not {blocked})",
            Refused => $"({Said($"s.topic = '{Topics.All}' and s.act not in ('granted', 'attested')")} and not {blocked})",
            Some => $"({Said($"s.topic <> '{Topics.All}' and {Holds}")} and not {Said($"s.topic = '{Topics.All}'")} and not {blocked})",
            None => $"(not {Said($"(s.topic = '{Topics.All}' and s.act not in ('granted', 'attested')) or ({Holds} and (s.topic = '{Topics.All}' or not {Main()}))")} and not {blocked})",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

        string Said(string what) => $"exists (select from privacy.consent_state s where s.tenant_id = @tenant and s.address_key = {key} and s.channel = '{channel}' and ({what}))";

        string Main() => $"exists (select from privacy.consent_state m where m.tenant_id = @tenant and m.address_key = {key} and m.channel = '{channel}' and m.topic = '{Topics.All}')";
    }
}
