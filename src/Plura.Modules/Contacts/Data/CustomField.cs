using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>
/// A field the account made for its contacts, companies or opportunities. Values stand in <see cref="Contact.Fields"/> and its likes as text in one written form per
/// kind (see <see cref="FieldValues"/>), so that they can be compared and asked for.
/// </summary>
public sealed class CustomField : ITenantOwned, IOwnField
{
    public const string Text = "text";
    public const string LongText = "long_text";
    public const string Number = "number";
    public const string Money = "money";
    public const string Date = "date";
    public const string Phone = "phone";
    public const string Email = "email";
    public const string Url = "url";
    public const string Checkbox = "checkbox";
    public const string Choice = "choice";
    public const string Multiple = "choices";
    public const string File = "file";

    public const string OnContacts = "contact";
    public const string OnCompanies = "company";
    public const string OnOpportunities = "opportunity";

    private CustomField()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>Whose field it is: one of <see cref="FieldKinds.Entities"/>.</summary>
    public string Entity { get; private set; } = OnContacts;

    /// <summary>Under which name values, templates and filters know it: <c>shoe_size</c>. Never changes.</summary>
    public string Key { get; private set; } = "";

    public string Label { get; private set; } = "";

    /// <summary>One of <see cref="FieldKinds.All"/>. Never changes: what stands in the contacts is written by it.</summary>
    public string Kind { get; private set; } = Text;

    /// <summary>For a choice: what may be chosen, one a line.</summary>
    public string Choices { get; private set; } = "";

    /// <summary>For money: the currency of every value, ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Under which heading it stands; empty for none.</summary>
    public string GroupName { get; private set; } = "";

    /// <summary>Whoever fills in a contact by hand or by the API must give it. What comes by a form or an import comes without.</summary>
    public bool IsRequired { get; private set; }

    /// <summary>No two may have the same value; <see cref="UniqueValue"/> keeps watch.</summary>
    public bool IsUnique { get; private set; }

    /// <summary>What it says about a person: <c>none</c>, <c>personal</c> or <c>sensitive</c> (see <see cref="FieldPrivacy"/>).</summary>
    public string Privacy { get; private set; } = FieldPrivacy.Personal;

    public int Position { get; private set; }

    /// <summary>Since when it is no longer asked for; its values stay.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    public static CustomField New(string key, string label, string kind, string choices, int position, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Key = key, Label = label, Kind = kind, Choices = choices, Position = position };

    /// <summary>Whose it is and, for money, in which currency: said once, when it is made.</summary>
    public CustomField For(string entity, string currency)
    {
        (Entity, Currency) = (entity, currency);
        return this;
    }

    public void Relabel(string label, string choices) => (Label, Choices) = (label, choices);

    public void Rule(string groupName, bool required, bool unique, string privacy) =>
        (GroupName, IsRequired, IsUnique, Privacy) = (groupName, required, unique, privacy);

    public void Stand(int position) => Position = position;

    public void Retire(DateTimeOffset? at) => RetiredAt = at;

    public bool IsFile => Kind == File;

    public IReadOnlyList<string> Choosable() => Choices.Length == 0 ? [] : Choices.Split('\n');
}

/// <summary>What a field says about a person. It decides what leaves with a list.</summary>
public static class FieldPrivacy
{
    /// <summary>Nothing about a person: an order's number. It may stay when the person goes.</summary>
    public const string Nothing = "none";

    /// <summary>About the person: goes with them.</summary>
    public const string Personal = "personal";

    /// <summary>Health, beliefs and the like: goes with them, and stays out of lists unless somebody asks for it.</summary>
    public const string Sensitive = "sensitive";

    public static readonly IReadOnlyList<string> All = [Nothing, Personal, Sensitive];
}

/// <summary>A value that only one may have. The key is the guard: two who write the same at the same moment cannot both.</summary>
public sealed class UniqueValue : ITenantOwned
{
    private UniqueValue()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid FieldId { get; private set; }

    /// <summary>Folded, so that "AB-1" and "ab-1" are one value.</summary>
    public string Normal { get; private set; } = "";

    public Guid? ContactId { get; private set; }

    public Guid? CompanyId { get; private set; }
}
