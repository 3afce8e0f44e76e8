namespace Plura.Platform;

public enum ActorKind
{
    Visitor,
    User,
    Token,
    App,
    System,
}

/// <summary>Who acts in this scope: a person, an API token, a connected app, a visitor of a public page, or the product itself.</summary>
public sealed class Actor
{
    public ActorKind Kind { get; private set; } = ActorKind.Visitor;

    /// <summary>The user's, the token's or the app's connection's id; null for visitors and the product.</summary>
    public Guid? Id { get; private set; }

    /// <summary>What an audit trail or a timeline says: a person's name, a token's label, a job's name.</summary>
    public string Name { get; private set; } = "visitor";

    public IReadOnlySet<string> Permissions { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>They look, and nothing that they post is taken: support that was let in to look, everybody in a closed account. Pages then offer no buttons.</summary>
    public bool OnlyLooks { get; private set; }

    public void OnlyLook() => OnlyLooks = true;

    public void Become(ActorKind kind, Guid? id, string name, IEnumerable<string> permissions) =>
        (Kind, Id, Name, Permissions) = (kind, id, name, permissions.ToHashSet(StringComparer.Ordinal));

    public void BecomeSystem(string name) => Become(ActorKind.System, null, name, ["*"]);

    public bool May(string permission) => Permissions.Contains("*") || Permissions.Contains(permission);
}
