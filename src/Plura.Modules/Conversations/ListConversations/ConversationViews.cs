using System.Diagnostics.CodeAnalysis;

namespace Plura.Conversations;

/// <summary>The views of the inbox.</summary>
public static class ConversationViews
{
    public const string Open = "open";
    public const string Mine = "mine";
    public const string Unassigned = "unassigned";
    public const string Snoozed = "snoozed";
    public const string Closed = "closed";
    public const string Starred = "starred";
    public const string Mentions = "mentions";
    public const string Overdue = "overdue";
    public const string Unread = "unread";
    public const string Team = "team";

    /// <summary>Those that everybody uses all day, in the order in which they stand.</summary>
    public static readonly IReadOnlyList<string> First = [Open, Unread, Mine, Unassigned];

    /// <summary>Those that everybody has, in the order in which they stand. Others are made by people: their ids are views too.</summary>
    public static readonly IReadOnlyList<string> All = [.. First, Team, Overdue, Mentions, Snoozed, Closed, Starred];

    public static string Words(string view) => view switch { Mine => "Mine", Unassigned => "Unassigned", Snoozed => "Snoozed", Closed => "Closed", Starred => "Starred", Mentions => "Mentions", Overdue => "Overdue", Unread => "Unread", Team => "My team", _ => "Open" };

    /// <summary>What to say where it is empty: a title, and what to do.</summary>
    public static (string Title, string Text) Nothing(string view) => view switch
    {
        Mine => ("Nothing waits for you", "What you take from “Unassigned”, or what somebody gives you, stands here until you close it."),
        Unassigned => ("Somebody looks after everything", "What comes in and nobody has taken yet stands here."),
        Snoozed => ("Nothing is put away", "Put a conversation away until later, tomorrow or next week: it stands here meanwhile and comes back by itself."),
        Closed => ("Nothing is closed yet", "Close a conversation when nothing is left to do. It opens again by itself when the person writes."),
        Overdue => ("Nobody waits too long", "Whoever waits longer for an answer than you promise in the inbox’s settings stands here."),
        Mentions => ("Nobody has called you yet", "When a colleague writes @ and your name in a note, the conversation stands here."),
        Unread => ("Everything is read", "What comes in and nobody has looked at stands here."),
        Team => ("Your team has nothing open", "What somebody of your teams looks after stands here. Teams are made in the settings, under “People”."),
        Starred => ("No stars yet", "Put a star on a conversation that you want to find again."),
        Open => ("No conversation is open", "When people write to you, their messages stand here, one conversation for each person."),
        _ => ("Nothing here at the moment", "No conversation is as this view asks."),
    };

    /// <summary>An address with what stands in the list beside it.</summary>
    public static string Address(string path, string view, string? q, string? cursor)
    {
        var query = string.Join('&', new[] { view == Open ? null : $"view={view}", q is null ? null : $"q={Uri.EscapeDataString(q)}", cursor is null ? null : $"cursor={cursor}" }.OfType<string>());
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>What is searched for; null for nothing.</summary>
    public static string? Sought(string? q) => string.IsNullOrWhiteSpace(q) ? null : q.Trim();

    public static string Of(string? view) => Is(view) ? view : Open;

    /// <summary>Whether it can be one: a word, or the id of one that somebody made.</summary>
    public static bool Is([NotNullWhen(true)] string? view) => view is not null && (All.Contains(view, StringComparer.Ordinal) || Guid.TryParseExact(view, "D", out _));
}
