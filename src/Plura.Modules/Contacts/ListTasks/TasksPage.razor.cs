using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

public sealed partial class TasksPage(
    ListTasksHandler handler, ReadTasks reader, TaskPlans plans, CreateTaskHandler createTask, Assignees assignees, Tenant Tenant, Actor Actor, Flash flash, NavigationManager navigation, TimeProvider clock)
    : ComponentBase
{
    private string state = TaskStates.Open;
    private string who = "me";
    private string zone = "UTC";
    private DateOnly today;
    private Page<TaskView> list = new([], null);
    private TaskCounts counts = new(0, 0, 0, 0);
    private TaskView? open;
    private IReadOnlyList<UserCard> people = [];
    private IReadOnlyList<UserCard> givable = [];
    private Refusal? refusal;

    [Parameter] public string Account { get; set; } = "";

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private string? Who { get; set; }

    [SupplyParameterFromQuery] private string? Task { get; set; }

    [SupplyParameterFromQuery] private string? Cursor { get; set; }

    [SupplyParameterFromForm(FormName = "quick")] private QuickTask Quick { get; set; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    /// <summary>Where one person works alone, what is nobody's is theirs as well.</summary>
    private string Usual => people.Count > 1 ? "me" : "all";

    private string Root => $"/a/{Account}/tasks";

    private string Here => Address(state, cursor: Cursor);

    private string Nothing => state switch
    {
        TaskStates.Done => "Nothing was done yet",
        TaskStates.Overdue => "Nothing is overdue",
        TaskStates.Today => "Nothing is due today",
        TaskStates.Upcoming => "Nothing is coming up",
        _ => "Nothing has to be done",
    };

    /// <summary>Open tasks stand under headings; the list's order keeps each heading's together.</summary>
    private IEnumerable<(string Title, IReadOnlyList<TaskView> Tasks)> Groups => list.Items.GroupBy(t => t.State).Select(g => (g.Key switch
    {
        TaskStates.Overdue => "Overdue",
        TaskStates.Today => "Today",
        TaskStates.Upcoming => "Upcoming",
        TaskStates.Done => "Done",
        _ => "Any day",
    }, (IReadOnlyList<TaskView>)[.. g]));

    protected override async System.Threading.Tasks.Task OnInitializedAsync()
    {
        var ct = Http.RequestAborted;
        Quick ??= new QuickTask { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        state = TaskStates.All.Contains(State, StringComparer.Ordinal) ? State! : TaskStates.Open;
        people = await assignees.Everybody(ct);
        givable = await assignees.People(ct);
        who = Who is "all" or "none" || givable.Any(p => p.Id.ToString() == Who) || Who == "me" ? Who! : Usual;
        zone = await plans.Zone(ct);
        today = LocalTimes.Day(clock.GetUtcNow(), zone);
        var query = new ListTasks { State = state, Assignee = who switch { "me" => Actor.Id?.ToString(), "all" => null, _ => who }, Cursor = Cursor };
        var page = await handler.Handle(query, ct);
        if (!page.Ok)
            (Cursor, page) = (null, await handler.Handle(query with { Cursor = null }, ct));
        list = page.Value;
        counts = await handler.Count(query, ct);
        open = Guid.TryParse(Task, out var id) ? await reader.One(id, ct) : null;
    }

    private async System.Threading.Tasks.Task Add()
    {
        var assignee = who is "me" or "all" ? Actor.Id?.ToString() : who;
        refusal = (await createTask.Handle(new CreateTask { Id = Quick.Id, Title = Quick.Title ?? "", Due = Quick.Due, Assignee = assignee }, Http.RequestAborted)).Refusal;
        if (refusal is not null)
            return;
        flash.Say("The task is on the list.");
        navigation.NavigateTo(Here);
    }

    private string Address(string? which = null, string? cursor = null, string? task = null)
    {
        var shown = which ?? state;
        List<string> parts = [];
        if (shown != TaskStates.Open)
            parts.Add("state=" + shown);
        if (who != Usual)
            parts.Add("who=" + who);
        if (cursor is not null)
            parts.Add("cursor=" + cursor);
        if (task is not null)
            parts.Add("task=" + Uri.EscapeDataString(task));
        return parts.Count == 0 ? Root : $"{Root}?{string.Join('&', parts)}";
    }

    public sealed class QuickTask
    {
        public Guid? Id { get; set; }

        public string? Title { get; set; }

        public string? Due { get; set; }
    }
}
