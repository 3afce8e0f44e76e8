using Plura.Platform;

namespace Plura.Automations.Contracts;

/// <summary>News that concerns one contact and with which an automation may begin, or for which it may wait.</summary>
public interface ITrigger : IEvent
{
    /// <summary>Null where it is none that automations know.</summary>
    Happened? Happened { get; }
}

/// <summary>What happened to one contact. It is read after it was committed, in the order in which one contact's happenings were written.</summary>
/// <param name="Kind">As some <see cref="TriggerKind"/> knows it: <c>tag_added</c>.</param>
/// <param name="ContactId">Whom it concerns.</param>
/// <param name="ThingId">Which tag, form, stage …; null where the kind has none.</param>
public sealed record Happened(string Kind, Guid ContactId, Guid? ThingId = null)
{
    /// <summary>Under which a run waits for it: for this kind with any thing, or with this one.</summary>
    public static string Key(string kind, Guid? thing) => thing is null ? kind : $"{kind}:{thing}";
}

/// <summary>A kind of happening that automations can begin with; the module in which it happens registers it as a service.</summary>
/// <param name="Kind">A stable word: <c>tag_added</c>.</param>
/// <param name="Text">In the user's words: "A tag is added".</param>
/// <param name="Icon">Its name among the outline icons.</param>
/// <param name="Group">Under which heading it is offered: "Contacts".</param>
public sealed record TriggerKind(string Kind, string Text, string Icon, string Group)
{
    /// <summary>What kind of thing narrows it, as some <see cref="IThings"/> lists them; null where none does.</summary>
    public string? Things { get; init; }

    /// <summary>How the thing is asked for: "Which tag".</summary>
    public string ThingLabel { get; init; } = "";

    /// <summary>As <see cref="Text"/>, for a thing whose name is put in for <c>{thing}</c>: "The tag {thing} is added".</summary>
    public string ThingText { get; init; } = "";

    /// <summary>It in words, with the thing where one is chosen.</summary>
    public string Say(Guid? thing, ThingNames names) => thing is { } id && Things is { } things ? ThingText.Replace("{thing}", names.Of(things, id.ToString()), StringComparison.Ordinal) : Text;
}

/// <summary>The tags, people, stages … of the account that steps and triggers name by id; the module that has them registers it as a service.</summary>
public interface IThings
{
    /// <summary>A stable word: <c>tag</c>.</summary>
    string Kind { get; }

    /// <summary>All that can be chosen, by name.</summary>
    Task<IReadOnlyList<Thing>> All(CancellationToken ct);

    /// <summary>Makes one with this name, where that means nothing else; null where it would.</summary>
    Task<Guid?> Make(string name, CancellationToken ct) => Task.FromResult<Guid?>(null);
}

/// <param name="Id">What flows store.</param>
/// <param name="Name">What people read.</param>
public sealed record Thing(Guid Id, string Name);
