using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>A file that belongs to a contact, or to a note about one. Its bytes stand in the data folder.</summary>
public sealed class Attachment : ITenantOwned
{
    private Attachment()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ContactId { get; private set; }

    public Guid? NoteId { get; private set; }

    /// <summary>As its owner called it.</summary>
    public string FileName { get; private set; } = "";

    public long Bytes { get; private set; }

    /// <summary>SHA-256 of its bytes, in lower-case hex.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>A random name in the account's folder.</summary>
    public string StoredAs { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public string By { get; private set; } = "";

    public Guid? ById { get; private set; }

    /// <summary>Removed, and to be forgotten in thirty days; until then it can come back.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public string? RemovedBy { get; private set; }

    public static Attachment Of(Guid contactId, Guid? noteId, string fileName, StoredFile stored, Actor actor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ContactId = contactId,
        NoteId = noteId,
        FileName = fileName,
        Bytes = stored.Bytes,
        Sha256 = stored.Sha256,
        StoredAs = stored.Name,
        At = now,
        By = actor.Name,
        ById = actor.Id,
    };

    public void Remove(Actor actor, DateTimeOffset now) => (RemovedAt, RemovedBy) = (now, actor.Name);

    public void Return() => (RemovedAt, RemovedBy) = (null, null);
}
