using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Plura.Accounts.Contracts;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Ui;

namespace Plura.Contacts;

public sealed partial class ContactsPage(
    ListContactsHandler handler, ListAddresses addresses, ReadLists smartLists, ListColumns listColumns, IContactDirectory directory, IConsentLedger ledger, ReadCompany companies, FieldBook fieldBook, KeepListHandler keepList, Filters filters,
    StartBulkActionHandler bulk, BulkRun runs, IEnrolment enrolment, Assignees assignees, IEnumerable<ContactPart> Parts, Actor Actor, Flash flash, NavigationManager navigation, TimeProvider clock)
    : ComponentBase
{
    private ListAddress address = new();
    private ContactPage? list;
    private ILookup<Guid, ConsentNow> permissions = Array.Empty<ConsentNow>().ToLookup(n => n.AddressKey);
    private IReadOnlyList<string> tags = [];
    private IReadOnlyList<ListView> lists = [];
    private IReadOnlyList<ListColumn> columns = [];
    private IReadOnlyList<UserCard> people = [];
    private IReadOnlyList<UserCard> everybody = [];
    private Refusal? refusal;
    private Refusal? actRefusal;
    private Refusal? saveRefusal;
    private string? listName;
    private string sort = "newest";
    private string? newTag;
    private List<Guid> chosen = [];
    private string? title;
    private int? fits;
    private string? companyName;
    private bool nothingYet;
    private bool sensitive;
    private bool whole;
    private IReadOnlyList<Data.CustomField> settable = [];
    private IReadOnlyList<Enrollable> automations = [];
    private string since = "";

    [Parameter] public string Account { get; set; } = "";

    private string ExportWords => address.Filtered ? "Export these" : "Export";

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string Root => $"/a/{Account}/contacts";

    private static Refusal LooksOnly => Refusal.Forbidden("permission.missing", "You may look at contacts here, not change them.");

    private bool MayAct => Actor.May("contacts.edit") || Actor.May("contacts.delete") || Actor.May("contacts.export") || automations.Count > 0;

    private RenderFragment Hidden => builder =>
    {
        foreach (var (name, value) in address.Pairs())
        {
            builder.OpenElement(0, "input");
            builder.AddAttribute(1, "type", "hidden");
            builder.AddAttribute(2, "name", name);
            builder.AddAttribute(3, "value", value);
            builder.CloseElement();
        }
    };

    protected override async Task OnInitializedAsync()
    {
        address = ListAddress.Read(Http.Request.Query);
        since = clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture);
        if (Http.Request.HasFormContentType)
            chosen = [.. Http.Request.Form["Ids"].Select(id => Guid.TryParse(id, out var value) ? value : Guid.Empty).Where(id => id != Guid.Empty)];
        tags = await directory.Tags(Http.RequestAborted);
        lists = await smartLists.All(Http.RequestAborted);
        var chosenList = lists.FirstOrDefault(l => l.Id == address.List);
        sort = address.Sort ?? chosenList?.Sort ?? "newest";
        people = await assignees.People(Http.RequestAborted);
        everybody = await assignees.Everybody(Http.RequestAborted);
        var shown = await listColumns.Of(chosenList?.Columns ?? [], Http.RequestAborted);
        // Where somebody works alone, everybody is theirs.
        columns = [.. shown.Select(c => chosenList is null && sort == "changed" && c.Word == "added" ? new ListColumn("changed", "Changed") : c).Where(c => c.Word != "assignee" || people.Count > 1 || chosenList is not null)];
        var fields = await fieldBook.Every(Data.CustomField.OnContacts, Http.RequestAborted);
        settable = [.. fields.Where(f => f is { RetiredAt: null, IsUnique: false, IsFile: false })];
        automations = Actor.May("automations.enrol") ? await enrolment.Choices(Http.RequestAborted) : [];
        sensitive = Actor.May("contacts.export") && fields.Any(f => f.Privacy == Data.FieldPrivacy.Sensitive);
        if (address.Company is { } company)
            companyName = (await companies.One(company, Http.RequestAborted))?.Name;
        title = chosenList?.Name;
        await Load();
        if (title is not null && address.Cursor is null && refusal is null && await addresses.Filter(address, withWords: true, Http.RequestAborted) is { Ok: true, Value: var fitting } && await filters.Count(fitting, Http.RequestAborted) is { Ok: true, Value: var many })
            fits = many;
    }

    private async Task Load()
    {
        var ct = Http.RequestAborted;
        var query = await addresses.Query(address with { Sort = sort }, ct);
        var page = query.Refusal is { } invalid ? invalid : await handler.Handle(query.Value, ct);
        refusal = page.Refusal;
        if (!page.Ok)
            return;
        list = page.Value;
        nothingYet = list.Items.Count == 0 && !address.Filtered && address.Cursor is null;
        var keys = list.Items.Where(c => c.Emails.Count > 0).Select(c => c.Emails[0].Key).Distinct().ToList();
        if (keys.Count > 0)
            permissions = (await ledger.Now(keys, ct)).ToLookup(n => n.AddressKey);
    }

    /// <summary>The column by whose time the list is sorted.</summary>
    private string? Dated => sort switch { "newest" => "added", "changed" => "changed", _ => null };

    private string? SortHref(ListColumn column) => column.Word switch
    {
        "added" => (address with { Sort = columns.Any(c => c.Word == "changed") || sort != "newest" ? "newest" : "changed" }).Href(Root),
        "changed" => (address with { Sort = "changed" }).Href(Root),
        _ => null,
    };

    private string? Permission(ContactView contact) => contact.Emails.Count == 0 ? null : Permissions.Short(permissions[contact.Emails[0].Key]);

    private async Task Act()
    {
        var ct = Http.RequestAborted;
        var form = Http.Request.Form;
        newTag = form["NewTag"].ToString();
        var act = form["Do"].ToString();
        whole = form["Whole"] == "true";
        if (chosen.Count == 0 && !whole)
        {
            actRefusal = Refusal.Invalid("contact.selection", "Tick the contacts first, or choose all that fit this list.");
            return;
        }

        var filter = whole ? await addresses.Filter(address, withWords: true, ct) : default(Result<ContactFilter>?);
        if (filter?.Refusal is { } invalid)
        {
            actRefusal = invalid;
            return;
        }

        var (field, value) = SetFieldDialog.Read(form["Field"].ToString());
        var command = new StartBulkAction
        {
            Do = act,
            Ids = chosen,
            Filter = filter?.Value,
            Tag = newTag.Trim(),
            Assignee = form["Assignee"].ToString(),
            Field = field,
            Value = value ?? form["FieldValue"].ToString(),
            Automation = Guid.TryParse(form["Automation"], out var automation) ? automation : null,
            Ask = whole,
        };
        var started = await bulk.Handle(command, ct);
        actRefusal = started.Refusal;
        if (!started.Ok)
            return;
        if (whole)
        {
            navigation.NavigateTo($"{Root}/bulk/{started.Value.Id}");
            return;
        }

        var done = act switch { "tag" => "got the tag", "untag" => "lost the tag", "assign" => "assigned", "field" => "changed", "enrol" => "put into the automation", "unenrol" => "taken out of the automation", _ => "moved to the bin" };
        flash.Say($"{Say.First(Say.Count(started.Value.Changed, "contact"))} {done}.", started.Value.Changed > 0 && Actor.May(runs.Kind(act).UndoPermission) ? $"{Root}/bulk/{started.Value.Id}/undo" : null);
        navigation.NavigateTo(address.Href(Root, address.Cursor));
    }

    private async Task Save()
    {
        var ct = Http.RequestAborted;
        var filter = await addresses.Filter(address, withWords: true, ct);
        var name = listName = Http.Request.Form["ListName"].ToString();
        var saved = !Actor.May("contacts.edit") ? LooksOnly : filter.Refusal is { } invalid ? invalid : await keepList.Handle(new KeepList { Name = name, Filter = filter.Value, Sort = sort }, ct);
        saveRefusal = saved.Refusal is { } refused
            ? refused with { Fields = refused.Fields.Where(f => f.Key == nameof(KeepList.Name)).ToDictionary(_ => "ListName", f => f.Value, StringComparer.Ordinal) }
            : null;
        if (!saved.Ok)
            return;
        flash.Say($"Saved as “{name.Trim()}”. You can send campaigns to it.");
        navigation.NavigateTo(new ListAddress { List = saved.Value }.Href(Root));
    }
}
