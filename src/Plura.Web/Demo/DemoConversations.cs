using System.Text;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Conversations;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Web.Demo;

/// <summary>
/// What patients write to the practice: somebody in pain whom nobody has answered yet, an appointment that was moved, a bill that was
/// explained, an estimate that waits. Each step passes the doors that people use, with a clock that stands at the moment it happened.
/// </summary>
internal sealed class DemoConversations(IServiceProvider services, UserCard? owner, DateTimeOffset now)
{
    private int number;

    public static async Task Tell(IServiceProvider services, IReadOnlyList<DemoPerson> people, CancellationToken ct)
    {
        var db = services.GetRequiredService<PluraDb>();
        if (await db.Conversations.AnyAsync(ct))
            return;
        // Somebody of the practice answers, as in every account.
        var owner = await services.GetRequiredService<IAccountDirectory>().People(db.Tenant.Id, ct) is [var first, ..] ? first : null;
        if (owner is not null)
            services.GetRequiredService<Actor>().Become(ActorKind.User, owner.Id, owner.Name, ["*"]);
        var story = new DemoConversations(services, owner, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await story.Bill(people[77], ct);
        await story.Estimate(people[200], ct);
        await story.Laboratory(ct);
        await story.Moved(people[41], ct);
        await story.Braces(people[120], ct);
        await story.Pain(people[3], ct);
        await story.NewPatient(ct);
        await story.Late(people[52], ct);
        await story.Chat(ct);
    }

    /// <summary>The chat is on, and a visitor of the practice's website has asked something.</summary>
    private async Task Chat(CancellationToken ct)
    {
        SeedDemo.Expect((await services.GetRequiredService<KeepChatHandler>().Handle(new KeepChat { On = true, Greeting = "Hello! Ask us about appointments, prices, or how to find us.", Websites = "www.harbour-street-dental.example" }, ct)).Refusal);
        var begun = await At<BeginChatHandler>(0.2).Handle(new BeginChat { Website = "www.harbour-street-dental.example" }, ct);
        SeedDemo.Expect(begun.Refusal);
        var hash = ChatCalls.Hash(begun.Value);
        var session = await services.GetRequiredService<PluraDb>().ChatSessions.Where(s => s.TokenHash == hash).Select(s => s.Id).SingleAsync(ct);
        SeedDemo.Expect((await At<WriteInChatHandler>(0.2).Handle(new WriteInChat { Session = session, Id = "demo-parking", Text = "Hi, is there somewhere to park near the practice?" }, ct)).Refusal);
    }

    private async Task Bill(DemoPerson who, CancellationToken ct)
    {
        var id = await In(who, "Bill of last week", "Good morning,\n\nyour bill says 84 dollars are still open. I thought the insurance pays all of it?\n\nThank you\n" + who.FirstName, 75, ct);
        await Note(id, "The insurance paid its part on Tuesday; 84 dollars are the patient’s share.", 73, ct);
        await Out(id, $"Good morning {who.FirstName},\n\nyour insurance has paid its part. 84 dollars are your own share, as the estimate of March says. You can pay at your next visit.\n\nHarbour Street Dental", 72.5, ct);
        await In(who, "Re: Bill of last week", "I see, thank you. I will pay when I am there on Friday.\n\nOn Monday Harbour Street Dental wrote:\n> your insurance has paid its part.\n> 84 dollars are your own share.", 70, ct);
        SeedDemo.Expect((await services.GetRequiredService<CloseConversationHandler>().Handle(new CloseConversation(id), ct)).Refusal);
    }

    private async Task Estimate(DemoPerson who, CancellationToken ct)
    {
        var id = await In(who, "Estimate for the crown", "Hello,\n\nI have your estimate for the crown and will talk about it at home. Is the price good until the end of the month?\n\n" + who.FirstName, 52, ct);
        await Out(id, $"Hello {who.FirstName},\n\nyes, it is good for six weeks. Just write when you have decided.\n\nHarbour Street Dental", 50, ct);
        SeedDemo.Expect((await services.GetRequiredService<SnoozeConversationHandler>().Handle(new SnoozeConversation { Id = id, Until = "next_week" }, ct)).Refusal);
    }

    private async Task Laboratory(CancellationToken ct)
    {
        var id = await In("Peter Okafor", "peter@dirigo-lab.example", "The bridge is ready", "Hello everybody,\n\nthe bridge that you ordered on the 3rd is ready. The courier brings it tomorrow before ten.\n\nPeter Okafor\nDirigo Dental Laboratory", 30, ct);
        SeedDemo.Expect((await services.GetRequiredService<CloseConversationHandler>().Handle(new CloseConversation(id), ct)).Refusal);
    }

    private async Task Late(DemoPerson who, CancellationToken ct)
    {
        var contact = await services.GetRequiredService<IContactDirectory>().FindOrCreate(new ContactDraft { Phone = who.Phone, Source = "Text message" }, ct);
        SeedDemo.Expect(contact.Refusal);
        var text = await services.GetRequiredService<Inbox>().Put(contact.Value, Channels.Sms, $"demo-text:{++number}", new MessageText("", "Running ten minutes late, sorry! Is that all right?") { Address = who.Phone }, now.AddHours(-3), ct);
        await Out(text.ConversationId, $"No problem, {who.FirstName}. See you soon!", 2.9, ct);
        await services.GetRequiredService<Inbox>().Put(contact.Value, Channels.Sms, $"demo-text:{++number}", new MessageText("", "Thank you!") { Address = who.Phone }, now.AddHours(-2.8), ct);
    }

    private async Task Moved(DemoPerson who, CancellationToken ct)
    {
        var id = await In(who, "Can I come on another day?", "Hello,\n\nI cannot come on Wednesday morning, my shift was changed. Is there something on Thursday afternoon?\n\nBest wishes\n" + who.FirstName, 27, ct);
        await Give(id, ct);
        await Out(id, $"Hello {who.FirstName},\n\nThursday at four is free. I have put you down for it; a word is enough if it does not suit you.\n\nHarbour Street Dental", 26, ct);
        await In(who, "Re: Can I come on another day?", "Thursday at four is perfect. See you then!", 3, ct);
    }

    private async Task Braces(DemoPerson who, CancellationToken ct)
    {
        var id = await In(who, "Braces for our son", "Good evening,\n\nour son is twelve and his dentist says he needs braces. What does a first visit cost, and how long does all of it take?\n\nKind regards\n" + who.FirstName + " " + who.LastName, 18, ct);
        await Give(id, ct);
        await Note(id, "Ask about the insurance before we name a price.", 5, ct);
        SeedDemo.Expect((await services.GetRequiredService<StarConversationHandler>().Handle(new StarConversation(id, Starred: true), ct)).Refusal);
    }

    private Task Pain(DemoPerson who, CancellationToken ct) =>
        In(who, "Toothache since Sunday", "Hello,\n\nsince Sunday a tooth at the upper left hurts whenever I drink something cold. Could I come this week? Mornings are best.\n\nThank you\n" + who.FirstName, 1.5, ct);

    private Task NewPatient(CancellationToken ct) =>
        In("Harriet Lowe", "harriet.lowe@example.com", "Do you take new patients?", "Hello,\n\nwe have moved to Portland and look for a dentist for the four of us. Do you take new patients, and when could we come for a first check-up?\n\nHarriet Lowe", 0.4, ct);

    private Task<Guid> In(DemoPerson who, string subject, string text, double hoursAgo, CancellationToken ct) => In($"{who.FirstName} {who.LastName}", who.Email, subject, text, hoursAgo, ct);

    private async Task<Guid> In(string name, string address, string subject, string text, double hoursAgo, CancellationToken ct)
    {
        var mail = new MimeMessage { Subject = subject, MessageId = $"demo-{++number}@{address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..]}", Body = new TextPart("plain") { Text = text } };
        mail.From.Add(new MailboxAddress(Encoding.UTF8, name, address));
        using var stream = new MemoryStream();
        await mail.WriteToAsync(stream, ct);
        var taken = await At<MailIntake>(hoursAgo).Take(ReceivedMail.Read(mail, stream.ToArray())!, reader: null, ct);
        SeedDemo.Expect(taken.Refusal);
        return taken.Value.ConversationId;
    }

    private async Task Out(Guid id, string text, double hoursAgo, CancellationToken ct)
    {
        var conversation = await services.GetRequiredService<PluraDb>().Conversations.SingleAsync(c => c.Id == id, ct);
        SeedDemo.Expect((await At<AnswerWriter>(hoursAgo).Write(conversation, new AnswerWords(conversation.Channel, text, Later: null, owner?.Id), ct)).Refusal);
    }

    private async Task Note(Guid id, string text, double hoursAgo, CancellationToken ct) =>
        SeedDemo.Expect((await At<WriteNoteHandler>(hoursAgo).Handle(new WriteNote { Id = id, Text = text }, ct)).Refusal);

    private async Task Give(Guid id, CancellationToken ct)
    {
        if (owner is not null)
            SeedDemo.Expect((await services.GetRequiredService<AssignConversationHandler>().Handle(new AssignConversation { Id = id, Assignee = owner.Id.ToString() }, ct)).Refusal);
    }

    /// <summary>The same handler, with a clock of its own.</summary>
    private T At<T>(double hoursAgo) => ActivatorUtilities.CreateInstance<T>(services, new StoppedClock(now.AddHours(-hoursAgo)));

    private sealed class StoppedClock(DateTimeOffset moment) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => moment;
    }
}
