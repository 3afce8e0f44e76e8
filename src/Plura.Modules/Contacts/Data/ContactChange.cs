using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>One change of a contact for its timeline. It holds values, so it is personal data: never append-only, and erased with the person.</summary>
public sealed class ContactChange : ITenantOwned
{
    public const string Created = "created";
    public const string Edited = "edited";
    public const string Tagged = "tagged";
    public const string Untagged = "untagged";
    public const string Assigned = "assigned";
    public const string Deleted = "deleted";
    public const string Restored = "restored";
    public const string Merged = "merged";
    public const string Parted = "parted";

    /// <summary>Stands for the name of somebody whose sign-in is deleted; <c>people.sql</c> writes it.</summary>
    public const string Gone = "somebody who left";

    private ContactChange()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ContactId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Who: a person's name, a token's label, a job's name.</summary>
    public string By { get; private set; } = "";

    public Guid? ById { get; private set; }

    /// <summary><c>created</c>, <c>edited</c>, <c>tagged</c>, <c>untagged</c>, <c>assigned</c>, <c>deleted</c>, <c>restored</c>, <c>merged</c> or <c>parted</c>.</summary>
    public string What { get; private set; } = Edited;

    /// <summary>For an edit, field → old and new value as JSON; otherwise one entry that says where from, or which tag.</summary>
    public Dictionary<string, string[]> Values { get; private set; } = new(StringComparer.Ordinal);

    public static ContactChange New(Guid contactId, string what, Dictionary<string, string[]> values, Actor actor, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), ContactId = contactId, At = now, By = actor.Name, ById = actor.Id, What = what, Values = values };
}
