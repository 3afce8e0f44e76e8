namespace Plura.Platform;

/// <summary>How the audit log says an act in a sentence that begins with who did it.</summary>
/// <param name="Act">For example <c>contacts.edit</c>.</param>
/// <param name="Text">What follows the name: <c>changed {about}</c>, where the thing's name stands for <c>{about}</c>.</param>
/// <param name="Group">Under which filter it is found.</param>
/// <param name="Kind">What the act is about: <c>contact</c>, <c>campaign</c> …; an <see cref="INameThings"/> knows its names. Null where it is about nothing in particular.</param>
public sealed record ActWords(string Act, string Text, ActGroup Group, string? Kind = null);

/// <summary>The filters of the audit log, in the user's words.</summary>
public enum ActGroup
{
    /// <summary>Looked at people's data.</summary>
    Look,

    /// <summary>Took data out: files.</summary>
    TakeOut,

    /// <summary>Changed people and lists.</summary>
    People,

    /// <summary>Wrote and sent messages.</summary>
    Send,

    /// <summary>Let people and programs in, or was refused.</summary>
    Access,

    /// <summary>Changed how the account works.</summary>
    Settings,
}

/// <summary>Names of one kind of thing, looked up when they are shown: the log keeps ids, so that erasing somebody rewrites nothing.</summary>
public interface INameThings
{
    /// <summary>As in <see cref="ActWords.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>What to say where the thing is gone: <c>a contact</c>.</summary>
    string Gone { get; }

    /// <summary>The names of those that are still there, in this account.</summary>
    Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct);
}

/// <param name="Name">As people call it.</param>
/// <param name="Page">Its page, relative to the account; null where it has none.</param>
public sealed record NamedThing(string Name, string? Page = null);
