using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Conversations;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;
using Plura.Tests.Messaging;

namespace Plura.Tests.Conversations;

/// <summary>Text messages stand in the one conversation of their contact, beside the mail, and are answered from it.</summary>
public sealed class TextConversationTests(PluraApp app)
{
    private const string Phone = "+12125550100";

    [Fact]
    public async Task Whoever_answers_reads_beforehand_that_somebody_wants_no_more_texts()
    {
        const string told = "They want no more text messages";
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await own.Pump();
        await own.Phones(Phone, "Hello there", id: "SM1");
        await account.Work();
        var address = account.Page($"conversations/{await account.Ask<Guid>("select id from conversations.conversation")}");
        var browser = await account.SignIn();
        Assert.DoesNotContain(told, (await browser.Get(address)).Text, StringComparison.Ordinal);
        await own.Phones(Phone, "please stop texting me", id: "SM2");
        await account.Work();
        Assert.Contains(told, (await browser.Get(address)).Text, StringComparison.Ordinal);
        await own.Phones(Phone, "START", id: "SM3");
        Assert.DoesNotContain(told, (await browser.Get(address)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_and_a_mail_of_the_same_person_are_one_conversation_and_each_is_answered_by_its_channel()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var ann = (await account.Api.PostJson("/api/v1/contacts", new { firstName = "Ann", phone = Phone, email = "ann@people.example" })).GetProperty("id").GetGuid();
        await account.Writes(ann);
        await own.Pump();
        await own.Phones(Phone, "Is the table by the window free?");
        await account.Work();
        var id = await account.Ask<Guid>("select id from conversations.conversation");
        var asked = Assert.Single(await account.Thread(id));
        Assert.Equal(("in", "sms", "Is the table by the window free?", ""), (asked.Direction, asked.Channel, asked.Text, asked.Subject));
        Assert.Equal(("sms", true, "Is the table by the window free?"), ((await account.Conversation(id))!.Channel, (await account.Conversation(id))!.Unread, (await account.Conversation(id))!.Preview));

        await account.Reply(id, "It is.\nSee you!");
        await account.Leave(own);
        Assert.Equal(["Your table is ready.", "It is.\nSee you!"], await own.Got(Phone));
        Assert.Equal(("accepted", "Sent"), ((await account.Thread(id))[0].Delivery!.State, (await account.Thread(id))[0].Delivery!.Text));

        Assert.Equal(id, (await own.Receive(account, "ann@people.example", "And for six people?", "Tonight")).ConversationId);
        await account.Reply(id, "For six as well.");
        await account.Leave(own);
        Assert.Equal("Re: Tonight", (await own.Mailed("ann@people.example")).Subject);
        var byText = await account.In(s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = id, Channel = Channels.Sms, Text = "Until eight" }, default));
        Assert.Null(byText.Refusal);
        await account.Leave(own);
        Assert.Equal("Until eight", (await own.Got(Phone))[^1]);
        Assert.Equal(["sms", "email", "email", "sms", "sms"], (await account.Thread(id)).Select(m => m.Channel));
    }

    [Fact]
    public async Task A_stop_stands_in_the_thread_and_an_answer_to_it_is_withheld_with_its_reason()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var ann = await account.Reader(Phone);
        await account.Writes(ann);
        await own.Pump();
        await own.Phones(Phone, "Hello?");
        await own.Phones(Phone, "STOP");
        await account.Work();
        var id = await account.Ask<Guid>("select id from conversations.conversation");
        Assert.Equal(["STOP", "Hello?"], (await account.Thread(id)).Select(m => m.Text));
        await account.Reply(id, "Why?");
        await account.Leave(own);
        var delivery = (await account.Thread(id))[0].Delivery!;
        Assert.Equal(("withheld", "opted_out"), (delivery.State, delivery.Rule));
        Assert.DoesNotContain("Why?", await own.Got(Phone));
    }

    [Fact]
    public async Task News_of_a_text_that_comes_twice_adds_it_once_and_of_a_forgotten_one_nothing()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var ann = await account.Reader(Phone);
        await account.Writes(ann);
        await own.Pump();
        await own.Phones(Phone, "Once", id: "S1");
        await account.Work();
        var told = new TextReceived(await account.Ask<Guid>("select id from messaging.received_text"), ann, null, "", "message");
        await account.In(s => ActivatorUtilities.CreateInstance<WhenTextReceived>(s).When(told, default));
        await account.In(s => ActivatorUtilities.CreateInstance<WhenTextReceived>(s).When(told with { TextId = Guid.Empty }, default));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from conversations.message"));
    }

    [Fact]
    public async Task A_text_that_is_too_long_or_has_nobody_to_go_to_is_refused_and_nothing_is_lost()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await own.Receive(account, "ann@people.example", "Hello");
        var id = await account.Ask<Guid>("select id from conversations.conversation");
        foreach (var (text, words) in ((string, string)[])[("Hi", "no telephone number"), (new string('x', 1601), "at most 1,600 characters")])
        {
            using var refused = await account.Api.Post($"/api/v1/conversations/{id}/messages", new { kind = "reply", channel = "sms", text });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(words, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var unknown = await account.Api.Post($"/api/v1/conversations/{id}/messages", new { kind = "reply", channel = "pigeon", text = "Hi" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Single(await account.Thread(id));
    }

    [Fact]
    public async Task Pictures_of_a_text_stand_in_the_conversation_and_one_that_is_none_is_not_kept()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await own.Pump();
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3];
        var png = "data:image/png;base64," + Convert.ToBase64String(picture);
        await own.NewBrowser().PostJson("/dev/inbound/sms", new { from = Phone, text = "", media = (string[])[png] });
        await account.Work();
        var id = await account.Ask<Guid>("select id from conversations.conversation");
        Assert.Equal("picture.png", (await account.Conversation(id))!.Preview);
        var file = Assert.Single(Assert.Single(await account.Thread(id)).Files);
        Assert.Equal(("picture.png", 7L, null), (file.Name, file.Size, file.NotKept));
        Assert.Equal(picture, (await account.In(s => s.GetRequiredService<MessageFiles>().Open(id, file.Id!.Value, default)))!.Bytes);

        await own.NewBrowser().PostJson("/dev/inbound/sms", new { from = Phone, text = "And these", media = (string[])[png, "data:image/jpeg;base64," + Convert.ToBase64String("<script>"u8.ToArray()), "https://elsewhere.example/a.png"] });
        await account.Work();
        var files = (await account.Thread(id))[0].Files;
        Assert.Equal(["picture-1.png", "picture-2.jpg", "file-3.bin"], files.Select(f => f.Name));
        Assert.Equal([null, "it is not what its name says.", "the phone company did not hand it over."], files.Select(f => f.NotKept));
    }

    [Fact]
    public async Task A_carrier_that_does_not_hand_over_a_picture_keeps_the_text_waiting_for_minutes_only()
    {
        await using var own = await app.Another(services => services.Replace(ServiceDescriptor.Singleton<ITextMedia>(new Silent())));
        var account = await own.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await own.Pump();
        await own.NewBrowser().PostJson("/dev/inbound/sms", new { from = Phone, text = "Look!", media = (string[])["https://carrier.example/1"] });
        await account.Work(mayFail: true);
        Assert.Equal(0, await account.Ask<long>("select count(*) from conversations.message"));
        // As the outbox tries again, until it would give up: its pauses are drawn, and make 318 seconds at most.
        for (var second = 0; second < 320; second += 5)
        {
            own.Clock.Advance(TimeSpan.FromSeconds(5));
            await account.Work(mayFail: true);
        }

        Assert.Equal(0, await own.Ask<long>("select count(*) from platform.outbox_message where dead_at is not null"));
        var message = Assert.Single(await account.Thread(await account.Ask<Guid>("select id from conversations.conversation")));
        Assert.Equal(("Look!", "the phone company did not hand it over."), (message.Text, Assert.Single(message.Files).NotKept));
    }

    [Fact]
    public async Task A_picture_goes_along_with_an_answer_by_text_and_is_given_out_while_the_message_is_on_its_way()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await own.Pump();
        await own.Phones(Phone, "What does the cake look like?");
        await account.Work();
        var id = await account.Ask<Guid>("select id from conversations.conversation");
        byte[] picture = [0xFF, 0xD8, 0xFF, 1, 2, 3];
        Task<Plura.Platform.Result<Guid>> Reply(params GivenFile[] files) => account.In(s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = id, Text = "Like this", Files = files }, default));
        Assert.Equal("file.not_by_text", (await Reply(new GivenFile("prices.txt", [.. "Bread 4.20"u8]))).Refusal?.Code);
        Assert.Equal("file.too_large", (await Reply(new GivenFile("menu.pdf", [.. "%PDF-1.7"u8, .. new byte[500_000]]))).Refusal?.Code);
        Assert.Equal("file.too_large", (await Reply(new GivenFile("cake.jpg", [.. picture, .. new byte[5_000_000]]))).Refusal?.Code);
        Assert.Null((await Reply(new GivenFile("cake.jpg", picture), new GivenFile("second.jpg", [.. picture, 4]))).Refusal);
        await account.Leave(own);
        var got = (await own.Got(Phone))[^1].Split('\n');
        Assert.Equal(("Like this", 3), (got[0], got.Length));

        var carrier = own.NewBrowser();
        using var given = await carrier.Send(HttpMethod.Get, new Uri(got[2]).AbsolutePath);
        Assert.Equal("image/jpeg", given.Content.Headers.ContentType!.MediaType);
        Assert.Equal([.. picture, 4], await given.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await carrier.Get(Forged(new Uri(got[1]).AbsolutePath))).Status);
        own.Clock.Advance(GiveTextFile.OnTheWay + TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await carrier.Get(new Uri(got[1]).AbsolutePath)).Status);
    }

    private static string Forged(string path) => path[..^1] + (path[^1] == 'A' ? 'B' : 'A');

    private sealed class Silent : ITextMedia
    {
        public Task<FetchedMedia> Fetch(TextMedia media, CancellationToken ct) => Task.FromResult(new FetchedMedia(null, Later: true));
    }
}
