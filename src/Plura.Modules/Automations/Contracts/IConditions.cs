using System.Text.Json.Nodes;
using Plura.Platform;

namespace Plura.Automations.Contracts;

/// <summary>Asks contacts for what lists ask them: one language and one engine for smart lists, audiences and automations. Contacts implements it.</summary>
public interface IConditions
{
    /// <summary>Those of the contacts that are there and fulfil the condition, as the scope's account is at this moment; an empty one is fulfilled by all. Refused where it cannot be asked any more.</summary>
    Task<Result<HashSet<Guid>>> Meet(JsonObject condition, Guid[] contacts, CancellationToken ct);

    /// <summary>What is wrong with it, as a sentence; null where nothing is.</summary>
    Task<string?> Problem(JsonObject condition, CancellationToken ct);

    /// <summary>What it asks for, in words.</summary>
    Task<string> Say(JsonObject condition, CancellationToken ct);

    /// <summary>What messages can put in of a contact.</summary>
    Task<IReadOnlyList<ContactFact>> Facts(CancellationToken ct);
}

/// <param name="Path">As messages name it: <c>contact.first_name</c>.</param>
/// <param name="Label">What people read.</param>
/// <param name="Example">How one looks.</param>
public sealed record ContactFact(string Path, string Label, string Example);
