using Plura.Contacts.Data;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>The conditions about what somebody has allowed, of the address that is written to first. It is how things stand now; what may leave is decided anew when it leaves.</summary>
public sealed partial class FilterWriter
{
    private static readonly Dictionary<string, string> Permitted = new(StringComparer.Ordinal)
    {
        ["permission.email"] = Channels.Email,
        ["permission.sms"] = Channels.Sms,
    };

    private Leaf Permission(Condition condition, string channel)
    {
        var rows = $"from contacts.contact_point p where p.tenant_id = @tenant and p.is_primary and p.kind = {Add(channel == Channels.Email ? ContactPoint.Email : ContactPoint.Phone)}";
        // Whoever has no address has allowed nothing, and refused nothing.
        if (condition.Op == "empty")
            return None("p.contact_id", rows);
        if (condition.Op != "is")
            return Unfit(condition);
        if (condition.Values.FirstOrDefault(v => !AddressPermissions.All.Contains(v)) is { } unknown)
            return Refuse($"“{unknown}” is no permission. Write {string.Join(", ", AddressPermissions.All)}.");
        return Some("p.contact_id", $"{rows} and ({string.Join(" or ", condition.Values.Select(v => AddressPermissions.Sql(v, "p.address_key", channel)))})");
    }
}
