using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Opportunities;
using Plura.Platform;
using Plura.Tests.Opportunities;

namespace Plura.Tests.Contacts;

/// <summary>Two who work on the same contact at the same moment: nobody's work is lost, and nothing is left with somebody who is gone.</summary>
public sealed class TogetherTests(PluraApp first)
{
    [Fact]
    public async Task Two_fields_changed_at_the_same_moment_are_both_kept()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Fields(app.Field("size", CustomField.Text), app.Field("colour", CustomField.Text));
        var ann = await account.Create("Ann");
        var edits = await WhileHeld(app, ann, () => [Edit(account, ann, "size", "7"), Edit(account, ann, "colour", "Red")]);
        Assert.All(edits, e => Assert.Null(e.Refusal));
        var fields = (await account.Contact(ann))!.Fields;
        Assert.Equal(("7", "Red"), (fields.GetValueOrDefault("size"), fields.GetValueOrDefault("colour")));
    }

    [Fact]
    public async Task Of_two_who_change_one_cell_the_second_is_told_what_the_first_wrote()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ann = await account.Create("Ann");
        var edits = await WhileHeld(app, ann, () => [Cell("Bath"), Cell("Wells")]);
        var city = (await account.Contact(ann))!.City;
        Assert.Contains($"it says “{city}” now", Assert.Single(edits, e => !e.Ok).Refusal!.Text, StringComparison.Ordinal);
        Assert.Single(edits, e => e.Ok);

        Task<Result> Cell(string value) => account.In(s => s.GetRequiredService<EditCellHandler>().Handle(new EditCell(ann, "city", value, ""), default));
    }

    [Fact]
    public async Task A_note_and_a_task_written_while_two_become_one_go_along()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var (winner, loser) = (await account.Create("Ann"), await account.Create("Anna"));
        var (note, task) = (Guid.CreateVersion7(app.Clock.GetUtcNow()), Guid.CreateVersion7(app.Clock.GetUtcNow()));
        // Both have seen that the contact is there, and are not written yet.
        await using var holder = await app.OpenOwner();
        await using var holding = await holder.BeginTransactionAsync();
        foreach (var id in (Guid[])[note, task])
            await holder.Ask<object>("select pg_advisory_xact_lock(hashtextextended($1, 3))::text", id.ToString());
        var writing = account.In(s => s.GetRequiredService<AddNoteHandler>().Handle(new AddNote { Id = note, ContactId = loser, Text = "Likes rye" }, default));
        var planning = account.In(s => s.GetRequiredService<CreateTaskHandler>().Handle(new CreateTask { Id = task, Contact = loser, Title = "Call her" }, default));
        await app.Waiting(2);
        var merging = account.TryMerge(new MergeContacts { Id = winner, Other = loser });
        await app.Waiting(3, merging);
        await holding.RollbackAsync();
        Assert.Null((await merging).Refusal);
        Assert.Equal((true, true), ((await writing).Ok, (await planning).Ok));
        Assert.Equal((winner, winner), (await account.Ask<Guid>("select contact_id from contacts.note where id = $1", note), await account.Ask<Guid>("select contact_id from contacts.task where id = $1", task)));
    }

    [Fact]
    public async Task An_opportunity_made_while_two_become_one_goes_along()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var (winner, loser) = (await account.Create("Ann"), await account.Create("Anna"));
        var (_, stages) = await account.Pipeline();
        await using var holder = await app.OpenOwner();
        await using var holding = await holder.BeginTransactionAsync();
        await holder.Ask<Guid>("select id from contacts.contact where id = $1 for update", loser);
        var making = account.TryOpportunity(new CreateOpportunity { Name = "New roof", Contact = loser, Stage = stages[0] });
        await app.Waiting(1, making);
        Assert.False(making.IsCompleted);
        var merging = account.TryMerge(new MergeContacts { Id = winner, Other = loser });
        await app.Waiting(2, merging);
        await holding.RollbackAsync();
        Assert.Null((await merging).Refusal);
        Assert.Equal(winner, await account.Ask<Guid>("select contact_id from opportunities.opportunity where id = $1", (await making).Value));
    }

    [Fact]
    public async Task Pressed_twice_at_once_a_contact_comes_back_once_and_is_followed_once()
    {
        var account = await first.NewAccount();
        var ann = await account.Create("Ann");
        await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [ann] }, default));
        var back = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = ann }, default))));
        Assert.Single(back, b => b.Ok);
        Assert.All(back.Where(b => !b.Ok), b => Assert.Equal("contact.not_in_bin", b.Refusal!.Code));
        var followed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => account.In(s => s.GetRequiredService<FollowContactHandler>().Handle(new FollowContact { Id = ann, User = account.OwnerId }, default))));
        Assert.All(followed, f => Assert.True(f.Ok));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.contact_follower where contact_id = $1", ann));
    }

    [Fact]
    public async Task A_file_that_arrives_after_its_contact_became_another_is_refused_and_leaves_nothing()
    {
        var account = await first.NewAccount();
        var (winner, loser) = (await account.Create("Ann"), await account.Create("Anna"));
        await using var slow = new SlowFile();
        var attaching = account.In(s => s.GetRequiredService<AddAttachmentHandler>().Handle(new AddAttachment { ContactId = loser, FileName = "scan.pdf", File = slow }, default));
        await slow.Begun;
        await account.Merge(winner, loser);
        slow.Go();
        Assert.Equal(ReadContact.Missing.Code, (await attaching).Refusal?.Code);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.attachment"));
    }

    [Fact]
    public async Task What_somebody_writes_while_a_list_comes_in_stays_and_the_list_fills_what_is_left()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", email: "ann@example.com");
        var ben = await account.Create("Ben", email: "ben@example.com");
        var desk = new ImportDesk(account);
        var (_, body) = await desk.Send(Encoding.UTF8.GetBytes("E-Mail,Last name,City,Tags,Phone\nann@example.com,Ames,Wells,Fair,+14155550101\nben@example.com,Boyle,Wells,Fair,\n"));
        // The import has compared, and waits for the tag that somebody makes at the moment.
        await using var holder = await app.OpenOwner();
        await using var holding = await holder.BeginTransactionAsync();
        await holder.Do("insert into contacts.tag (tenant_id, id, name, normal) values ($1, gen_random_uuid(), 'Fair', 'fair')", account.Id);
        var importing = account.Work();
        await app.Waiting(1);
        Assert.Null((await account.In(s => s.GetRequiredService<EditContactHandler>().Handle(new EditContact { Id = ann, City = "Bath", FirstName = "Änn" }, default))).Refusal);
        await holding.RollbackAsync();
        await importing;

        var ended = await desk.Look(body.GetProperty("id").GetGuid());
        Assert.Equal("done", ended.State);
        var (hers, his) = ((await account.Contact(ann))!, (await account.Contact(ben))!);
        Assert.Equal(("Änn", "Ames", "Bath", "+14155550101", "Fair"), (hers.FirstName, hers.LastName, hers.City, hers.Phones.Single().Normal, hers.Tags.Single()));
        Assert.Equal(("Boyle", "Wells"), (his.LastName, his.City));
        Assert.Contains("4155550101", await account.Ask<string>("select search_text from contacts.contact where id = $1", ann), StringComparison.Ordinal);
        // Taken back, each is what their people had made of them.
        await desk.Undo(ended);
        var back = (await account.Contact(ann))!;
        Assert.Equal(("Änn", "", "Bath", 0), (back.FirstName, back.LastName, back.City, back.Phones.Count));
    }

    private static Task<Result> Edit(TestAccount account, Guid contact, string field, string value) => account.In(s => s.GetRequiredService<EditContactHandler>()
        .Handle(new EditContact { Id = contact, Fields = new(StringComparer.Ordinal) { [field] = value } }, default));

    /// <summary>Begins them all while somebody else holds the contact; lets go when every one of them waits.</summary>
    private static async Task<Result[]> WhileHeld(PluraApp app, Guid contact, Func<List<Task<Result>>> begin)
    {
        await using var holder = await app.OpenOwner();
        await using var holding = await holder.BeginTransactionAsync();
        await holder.Do("update contacts.contact set updated_at = updated_at where id = $1", contact);
        var begun = begin();
        await app.Waiting(begun.Count);
        await holding.RollbackAsync();
        return await Task.WhenAll(begun);
    }

    /// <summary>A file whose bytes come when the test says so.</summary>
    private sealed class SlowFile() : MemoryStream("%PDF-1.7 scan"u8.ToArray())
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => begun.Task;

        public void Go() => go.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            begun.TrySetResult();
            await go.Task;
            return await base.ReadAsync(buffer, cancellationToken);
        }

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            begun.TrySetResult();
            await go.Task;
            await base.CopyToAsync(destination, bufferSize, cancellationToken);
        }
    }
}
