using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>One address of a contact: an e-mail address or a telephone number. Two contacts may share one.</summary>
public sealed class ContactPoint : ITenantOwned
{
    public const string Email = "email";
    public const string Phone = "phone";

    private ContactPoint()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ContactId { get; private set; }

    /// <summary><c>email</c> or <c>phone</c>.</summary>
    public string Kind { get; private set; } = Email;

    /// <summary>As it was typed.</summary>
    public string Value { get; private set; } = "";

    /// <summary>The one form by which it is matched: a lower-case address, or an E.164 number.</summary>
    public string Normal { get; private set; } = "";

    /// <summary>Under which consent and suppression know it.</summary>
    public Guid AddressKey { get; private set; }

    public bool IsPrimary { get; private set; }

    public int Position { get; private set; }

    /// <summary>What the account calls it: "Work", "Mother"; empty for nothing.</summary>
    public string Label { get; private set; } = "";

    public static ContactPoint New(Guid contactId, string kind, string value, string normal, Guid addressKey, bool primary, int position, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            ContactId = contactId,
            Kind = kind,
            Value = value,
            Normal = normal,
            AddressKey = addressKey,
            IsPrimary = primary,
            Position = position,
        };

    /// <summary>An address that comes back from the bin; sends refer to its id.</summary>
    public static ContactPoint Return(Guid id, Guid contactId, string kind, string value, string normal, Guid addressKey, bool primary, int position) =>
        new() { Id = id, ContactId = contactId, Kind = kind, Value = value, Normal = normal, AddressKey = addressKey, IsPrimary = primary, Position = position };

    public void Become(bool primary, int position) => (IsPrimary, Position) = (primary, position);

    public ContactPoint Call(string label)
    {
        Label = label;
        return this;
    }
}
