using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Ui;

namespace Plura.Contacts;

public sealed partial class ShowContactPage(
    ReadContact contacts, ContactStory storyBook, ReadSides readSides, FieldBook fieldBook, IContactDirectory directory, IConsentLedger ledger,
    MovedContacts moved, TagContactHandler tagContact, UntagContactHandler untagContact, AssignContactHandler assignContact, FollowContactHandler followContact, UnfollowContactHandler unfollowContact, DeleteContactHandler deleteContact, Assignees assignees, IEnumerable<ContactPart> parts, Actor Actor, Flash flash, NavigationManager navigation)
    : ComponentBase
{
    private const int StoryLength = 30;

    private ContactView? contact;
    private Page<TimelineEntry> story = new([], null);
    private ContactSides sides = new([], [], [], null, null, "UTC", default);
    private IReadOnlyList<CustomField> fields = [];
    private IReadOnlyList<string> tags = [];
    private IReadOnlyList<ConsentNow> permissions = [];
    private IReadOnlyList<UserCard> people = [];
    private IReadOnlyList<UserCard> givable = [];
    private IReadOnlyList<MergedContact> merges = [];
    private Refusal? actRefusal;
    private Refusal? tagRefusal;
    private string? typedTag;

    [Parameter] public string Account { get; set; } = "";

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery] private string? Edit { get; set; }

    [SupplyParameterFromQuery] private string? Consent { get; set; }

    [SupplyParameterFromQuery] private string? Note { get; set; }

    [SupplyParameterFromQuery] private string? Task { get; set; }

    /// <summary>The one kind of the story that is shown.</summary>
    [SupplyParameterFromQuery] private string? Show { get; set; }

    /// <summary>The cursor of an older page of it.</summary>
    [SupplyParameterFromQuery] private string? Older { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string Root => $"/a/{Account}/contacts";

    private string Here => $"{Root}/{Id}";

    private IEnumerable<ContactPart> Parts => parts.Where(p => p.Permission is null || Actor.May(p.Permission)).OrderBy(p => p.Order);

    protected override async System.Threading.Tasks.Task OnInitializedAsync()
    {
        var ct = Http.RequestAborted;
        var found = await contacts.One(Id, ct);
        if (found is null)
        {
            if (HttpMethods.IsGet(Http.Request.Method) && await moved.Of(Id, ct) is { } there)
            {
                navigation.NavigateTo($"{Root}/{there}");
                return;
            }

            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A filter or a page that does not exist shows the beginning of everything.
        var told = await storyBook.Read(Id, Show is null ? [] : [Show], Older, StoryLength, ct);
        if (!told.Ok)
        {
            (Show, Older) = (null, null);
            told = await storyBook.Read(Id, [], null, StoryLength, ct);
        }

        story = told.Value;
        sides = await readSides.Of(Id, Note, Task, ct);
        fields = await fieldBook.All(ct);
        tags = await directory.Tags(ct);
        people = await assignees.Everybody(ct);
        givable = await assignees.People(ct);
        var keys = found.Emails.Concat(found.Phones).Select(a => a.Key).Distinct().ToList();
        if (keys.Count > 0)
            permissions = await ledger.Now(keys, ct);

        if (Actor.May("contacts.merge"))
            merges = await moved.Into(Id, ct);

        // Last: the parts of other modules read in scopes of their own, and begin once this page has read.
        contact = found;
    }

    private async System.Threading.Tasks.Task Delete()
    {
        var deleted = await deleteContact.Handle(new DeleteContact { Ids = [Id] }, Http.RequestAborted);
        Done(deleted.Refusal, $"{contact?.Name} moved to the bin.", Root);
    }

    private async System.Threading.Tasks.Task Assign() =>
        Done((await assignContact.Handle(new AssignContact { Ids = [Id], Assignee = Http.Request.Form["Assignee"].ToString() }, Http.RequestAborted)).Refusal, null, Here);

    private async System.Threading.Tasks.Task Follow() =>
        Done((await followContact.Handle(new FollowContact { Id = Id, User = Person("Follower") }, Http.RequestAborted)).Refusal, null, Here);

    private async System.Threading.Tasks.Task Unfollow() =>
        Done((await unfollowContact.Handle(new UnfollowContact { Id = Id, User = Person("Unfollow") }, Http.RequestAborted)).Refusal, null, Here);

    private Guid Person(string field) => Guid.TryParse(Http.Request.Form[field], out var id) ? id : Guid.Empty;

    private async System.Threading.Tasks.Task AddTag()
    {
        typedTag = Http.Request.Form["NewTag"].ToString();
        var names = typedTag.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        tagRefusal = (await tagContact.Handle(new TagContact { Ids = [Id], Tags = [.. names] }, Http.RequestAborted)).Refusal;
        if (tagRefusal is null)
            navigation.NavigateTo(Here);
    }

    private async System.Threading.Tasks.Task RemoveTag() =>
        Done((await untagContact.Handle(new UntagContact { Ids = [Id], Tags = [Http.Request.Form["Tag"].ToString()] }, Http.RequestAborted)).Refusal, null, Here);

    private void Done(Refusal? refusal, string? said, string next)
    {
        actRefusal = refusal;
        if (refusal is not null)
            return;
        if (said is not null)
            flash.Say(said);
        navigation.NavigateTo(next);
    }
}
