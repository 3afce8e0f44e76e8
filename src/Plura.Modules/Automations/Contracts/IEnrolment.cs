using Plura.Platform;

namespace Plura.Automations.Contracts;

/// <summary>Takes contacts into automations and out of them by somebody's word, many at once, in the scope's transaction.</summary>
public interface IEnrolment
{
    /// <summary>The automations that were published once, by name.</summary>
    Task<IReadOnlyList<Enrollable>> Choices(CancellationToken ct);

    /// <summary>
    /// Takes in those of the contacts that are there and may come in: whether somebody may come again, the automation itself says. Answers whom, none where it takes nobody in.
    /// </summary>
    Task<IReadOnlyList<Enrolled>> TakeIn(Guid automation, IReadOnlyCollection<Guid> contacts, Cause cause, CancellationToken ct);

    /// <summary>Takes out those of the contacts who are in it; answers whom, with where each stood.</summary>
    Task<IReadOnlyList<Enrolled>> TakeOut(Guid automation, IReadOnlyCollection<Guid> contacts, CancellationToken ct);

    /// <summary>Takes exactly these runs out, where they are under way still: what took them in is taken back. Answers their contacts.</summary>
    Task<IReadOnlyList<Guid>> TakeOut(IReadOnlyCollection<Guid> runs, CancellationToken ct);

    /// <summary>Takes the contacts out of all automations but one.</summary>
    Task<IReadOnlyList<Enrolled>> TakeOutOfOthers(Guid automation, IReadOnlyCollection<Guid> contacts, CancellationToken ct);

    /// <summary>In which automations a contact is just now, the latest first.</summary>
    Task<IReadOnlyList<ContactRun>> Inside(Guid contact, int most, CancellationToken ct);

    /// <summary>When a contact came into automations, the latest first: those before a moment, and at that moment with a lower id.</summary>
    Task<IReadOnlyList<ContactRun>> Begun(Guid contact, DateTimeOffset before, Guid id, int most, CancellationToken ct);
}

/// <summary>Takes back that contacts were taken out.</summary>
public interface IReturns
{
    /// <summary>Puts those who were taken out back to where they stood, unless they are in it again or were put back already; answers their contacts.</summary>
    Task<IReadOnlyList<Guid>> PutBack(IReadOnlyCollection<Enrolled> runs, CancellationToken ct);
}

/// <param name="ContactId">Whom it concerns.</param>
/// <param name="RunId">Their way through the automation.</param>
/// <param name="Stood">Where they stood when they were taken out, for <see cref="IReturns.PutBack"/>; null for those who were taken in.</param>
public sealed record Enrolled(Guid ContactId, Guid RunId, string? Stood = null);

/// <param name="On">It takes contacts in just now.</param>
public sealed record Enrollable(Guid Id, string Name, bool On);

/// <param name="State"><c>going</c>, <c>done</c>, <c>stopped</c> or <c>failed</c>.</param>
/// <param name="Gone">The automation was deleted.</param>
public sealed record ContactRun(Guid RunId, Guid AutomationId, string Automation, string State, DateTimeOffset BegunAt, bool Gone);

/// <summary>What took a contact into an automation.</summary>
/// <param name="Kind">A kind of happening as some <see cref="TriggerKind"/> knows it, or one of the words here.</param>
/// <param name="Id">Of which thing, by which person or which automation.</param>
public sealed record Cause(string Kind, Guid? Id)
{
    /// <summary>A person, from a contact's page or a list.</summary>
    public const string Person = "person";

    /// <summary>A program, over the API.</summary>
    public const string Program = "program";

    /// <summary>Another automation's step.</summary>
    public const string Automation = "automation";
}

public static class EnrolmentRefusals
{
    /// <summary>The chosen automation takes nobody in.</summary>
    public static Refusal Off(string field) => Refusal.Invalid("automation.off", "Choose an automation that is on.", field);
}
