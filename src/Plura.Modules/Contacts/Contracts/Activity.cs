namespace Plura.Contacts.Contracts;

/// <summary>
/// Something that happens with a contact, by which lists ask: "opened a message in the last 30 days". Each module registers its own
/// as services; in a filter the field is called <c>activity.</c> and its word.
/// </summary>
/// <param name="Order">Lower stands first among the activities.</param>
/// <param name="Word">For filters and the API: <c>opened</c>.</param>
/// <param name="Text">What people read: "Opened a message".</param>
/// <param name="Sql">
/// A select over the module's own tables with the columns <c>contact_id</c>, <c>at</c> (a moment), and where <see cref="Things"/> is given <c>thing</c> (an id).
/// It names <c>@tenant</c>, has no other parameter, and is joined by the contact: an index should begin with tenant and contact.
/// </param>
public sealed record Activity(int Order, string Word, string Text, string Sql)
{
    /// <summary>Who does not have it cannot ask by it; null for everybody who sees contacts.</summary>
    public string? Permission { get; init; }

    /// <summary>Of which kind the things are with which it happens, as an <see cref="IActivityThings"/> names them: <c>campaign</c>.</summary>
    public string? Things { get; init; }
}

/// <summary>The things with which an activity happens, to be chosen from: campaigns, forms, pipelines.</summary>
public interface IActivityThings
{
    string Kind { get; }

    /// <summary>The newest first, a hundred at most.</summary>
    Task<IReadOnlyList<ActivityThing>> Newest(CancellationToken ct);
}

public sealed record ActivityThing(Guid Id, string Name);
