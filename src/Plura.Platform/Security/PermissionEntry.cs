namespace Plura.Platform;

/// <summary>A named permission, declared by the module whose pages and endpoints ask for it. Roles are made of these.</summary>
/// <param name="Name"><c>contacts.edit</c>: the module's word, then the slice's.</param>
/// <param name="Text">What it lets people do, as the page of roles says it: "Change contacts and their tags".</param>
/// <param name="Level">The lowest of the four built-in roles that has it.</param>
public sealed record PermissionEntry(string Name, string Text, PermissionLevel Level)
{
    /// <summary>Where it counts: inside an account, an agency, or at the operator's desk.</summary>
    public Area Area { get; init; }

    /// <summary>Concerns the whole account at once (its campaigns, its people, its bin): not given to whoever sees only what is assigned to them.</summary>
    public bool WholeAccount { get; init; }

    /// <summary>Whether it may still be used in an account that was closed and waits for its end: looking, and taking one's data out.</summary>
    public bool WhenClosed { get; init; } = Level == PermissionLevel.Look;
}

/// <summary>The four built-in roles, from the least to the most: who has a level has all below it.</summary>
public enum PermissionLevel
{
    /// <summary>Changes nothing: read-only people have it.</summary>
    Look,

    /// <summary>The daily work: members have it.</summary>
    Work,

    /// <summary>What concerns everybody: settings, people, sending to many. Admins have it.</summary>
    Manage,

    /// <summary>What cannot be taken back: closing the account, letting others in. Only the owner has it.</summary>
    Own,
}
