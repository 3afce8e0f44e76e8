namespace Plura.Contacts.Contracts;

/// <summary>Things of a module that the command menu finds by a few letters, besides contacts.</summary>
public interface IFinds
{
    /// <summary>Who does not have it finds none of them.</summary>
    string Permission { get; }

    /// <summary>The picture beside them.</summary>
    string Icon { get; }

    /// <summary>Those that fit best.</summary>
    Task<IReadOnlyList<FoundThing>> Find(string text, int most, CancellationToken ct);
}

/// <param name="Id">The thing's.</param>
/// <param name="Text">What it is called.</param>
/// <param name="Note">What kind of thing it is, and what tells it from others of its name.</param>
/// <param name="Path">Its page, behind <c>/a/{account}/</c>.</param>
public sealed record FoundThing(Guid Id, string Text, string Note, string Path);
