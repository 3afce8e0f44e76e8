using System.Globalization;
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
    ReadContact contacts, ContactStory storyBook, FieldBook fieldBook, IContactDirectory directory, IConsentLedger ledger,
    TagContactHandler tagContact, UntagContactHandler untagContact, AssignContactHandler assignContact, FollowContactHandler followContact, UnfollowContactHandler unfollowContact, DeleteContactHandler deleteContact, Assignees assignees, Actor Actor, Flash flash, NavigationManager navigation)
    : ComponentBase
{
    private const int StoryLength = 30;
    private ContactView? contact;
    private IReadOnlyList<TimelineEntry> story = [];
    private IReadOnlyList<CustomField> fields = [];
    private IReadOnlyList<string> tags = [];
    private IReadOnlyList<ConsentNow> permissions = [];
    private IReadOnlyList<UserCard> people = [];
    private IReadOnlyList<UserCard> givable = [];
    private Refusal? actRefusal;

    [Parameter] public string Account { get; set; } = "";

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery] private string? Edit { get; set; }

    [SupplyParameterFromQuery] private string? Consent { get; set; }

    [SupplyParameterFromQuery] private string? Before { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string Root => $"/a/{Account}/contacts";

    private string Here => $"{Root}/{Id}";

    protected override async Task OnInitializedAsync()
    {
        var ct = Http.RequestAborted;
        contact = await contacts.One(Id, ct);
        if (contact is null)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var before = long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero) : DateTimeOffset.MaxValue;
        story = await storyBook.Read(Id, before, StoryLength, ct);
        fields = await fieldBook.All(ct);
        tags = await directory.Tags(ct);
        people = await assignees.Everybody(ct);
        givable = await assignees.People(ct);
        var keys = contact.Emails.Concat(contact.Phones).Select(a => a.Key).Distinct().ToList();
        if (keys.Count > 0)
            permissions = await ledger.Now(keys, ct);
    }

    private async Task Delete()
    {
        var deleted = await deleteContact.Handle(new DeleteContact { Ids = [Id] }, Http.RequestAborted);
        Done(deleted.Refusal, $"{contact?.Name} moved to the bin.", Root);
    }

    private async Task Assign() =>
        Done((await assignContact.Handle(new AssignContact { Ids = [Id], Assignee = Http.Request.Form["Assignee"].ToString() }, Http.RequestAborted)).Refusal, null, Here);

    private async Task Follow() =>
        Done((await followContact.Handle(new FollowContact { Id = Id, User = Person("Follower") }, Http.RequestAborted)).Refusal, null, Here);

    private async Task Unfollow() =>
        Done((await unfollowContact.Handle(new UnfollowContact { Id = Id, User = Person("Unfollow") }, Http.RequestAborted)).Refusal, null, Here);

    private Guid Person(string field) => Guid.TryParse(Http.Request.Form[field], out var id) ? id : Guid.Empty;

    private async Task AddTag()
    {
        var names = Http.Request.Form["NewTag"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Done((await tagContact.Handle(new TagContact { Ids = [Id], Tags = [.. names] }, Http.RequestAborted)).Refusal, null, Here);
    }

    private async Task RemoveTag() =>
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
