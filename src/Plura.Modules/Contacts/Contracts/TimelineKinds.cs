namespace Plura.Contacts.Contracts;

/// <summary>The kinds that more than one source tells, or that a module to the right fills.</summary>
public static class TimelineKinds
{
    public static readonly TimelineKind Notes = new("note", "Notes", 10);
    public static readonly TimelineKind Tasks = new("task", "Tasks", 20);
    public static readonly TimelineKind Opportunities = new("opportunity", "Opportunities", 25);
    public static readonly TimelineKind Messages = new("message", "Messages", 30);
    public static readonly TimelineKind Automations = new("automation", "Automations", 35);
    public static readonly TimelineKind Permissions = new("consent", "Permissions", 40);
    public static readonly TimelineKind Forms = new("form", "Forms", 50);
    public static readonly TimelineKind Files = new("file", "Files", 60);
    public static readonly TimelineKind Changes = new("contact", "Changes", 70);
}
