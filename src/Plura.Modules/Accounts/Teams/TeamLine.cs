namespace Plura.Accounts;

/// <summary>A team as the page of teams shows it.</summary>
public sealed record TeamLine(Guid Id, string Name, IReadOnlyList<Guid> Members);
