using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>What somebody wrote down about a contact: plain text. It has no key to the contact's row, because it outlives its stay in the bin.</summary>
public sealed class Note : ITenantOwned
{
    private Note()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ContactId { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>Since when it stands above the story; null where it does not.</summary>
    public DateTimeOffset? PinnedAt { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Who wrote it: a person's name, a token's label.</summary>
    public string By { get; private set; } = "";

    public Guid? ById { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    public string? EditedBy { get; private set; }

    /// <summary>Deleted, and to be forgotten in thirty days; until then it can come back.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public string? RemovedBy { get; private set; }

    public static Note New(Guid id, Guid contactId, string text, Actor actor, DateTimeOffset now) =>
        new() { Id = id, ContactId = contactId, Text = text, By = actor.Name, ById = actor.Id, At = now };

    /// <summary>Puts new words in place of the old, which are answered to be kept.</summary>
    public NoteVersion Rewrite(string text, Actor actor, DateTimeOffset now)
    {
        var earlier = NoteVersion.Of(Id, ContactId, Text, EditedBy ?? By, EditedAt ?? At, now);
        (Text, EditedAt, EditedBy) = (text, now, actor.Name);
        return earlier;
    }

    public void Pin(bool pinned, DateTimeOffset now) => PinnedAt = pinned ? PinnedAt ?? now : null;

    public void Remove(Actor actor, DateTimeOffset now) => (RemovedAt, RemovedBy) = (now, actor.Name);

    public void Return() => (RemovedAt, RemovedBy) = (null, null);
}

/// <summary>Earlier words of a note, and whose they were.</summary>
public sealed class NoteVersion : ITenantOwned
{
    private NoteVersion()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid NoteId { get; private set; }

    public Guid ContactId { get; private set; }

    public string Text { get; private set; } = "";

    public string By { get; private set; } = "";

    /// <summary>When it was written.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>When other words took its place.</summary>
    public DateTimeOffset Until { get; private set; }

    public static NoteVersion Of(Guid noteId, Guid contactId, string text, string by, DateTimeOffset at, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), NoteId = noteId, ContactId = contactId, Text = text, By = by, At = at, Until = now };
}
