using System.Text.Json;
using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>From a customer's letter to the notification on a screen and the page behind it. Only the browser's own push service is played: there is none without its vendor.</summary>
[Collection("one after the other")]
public sealed class PushTests(LiveApp app)
{
    /// <summary>As the browser's vendor would answer: an address, and the keys of this browser.</summary>
    private const string PlayedService = """
        PushManager.prototype.getSubscription = async () => null;
        PushManager.prototype.subscribe = async options => {
          const keys = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
          const point = await crypto.subtle.exportKey('raw', keys.publicKey);
          window.askedWith = new Uint8Array(options.applicationServerKey).length;
          return { endpoint: 'https://push.example.net/send/' + crypto.randomUUID(), getKey: name => name === 'auth' ? crypto.getRandomValues(new Uint8Array(16)).buffer : point };
        };
        """;

    [Fact]
    public async Task A_letter_becomes_a_notification_and_the_notification_leads_to_the_conversation()
    {
        var email = await app.Join("push");
        await using var visitor = await app.NewVisitor(390);
        var page = visitor.Page;
        await page.Context.GrantPermissionsAsync(["notifications"]);
        await page.AddInitScriptAsync(PlayedService);
        var account = await visitor.SignIn(email);
        await visitor.Go("/me/notifications");
        await visitor.Looked("device/notifications-off-390");
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on here" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast-line")).ToContainTextAsync("This device gets notifications now.");
        await Assertions.Expect(page.Locator("#devices")).ToContainTextAsync("This one");
        await visitor.Looked("device/notifications-on-390");

        var answer = await page.APIRequest.PostAsync("/dev/inbound/email", new() { DataObject = new { from = "Ann Miller <ann@mail.example>", to = $"{account.Split('/')[^1]}@inbox.test", subject = "Sunday", text = "Are you open on Sunday?" } });
        Assert.True(answer.Ok, await answer.TextAsync());
        var payload = await Payload(visitor, await visitor.Letter(email, "Ann Miller wrote to you"));
        Assert.DoesNotContain("Sunday", payload, StringComparison.Ordinal);

        await Deliver(page, payload);
        await page.WaitForFunctionAsync("async () => (await (await navigator.serviceWorker.ready).getNotifications()).length === 1");
        var shown = await page.EvaluateAsync<string[]>("async () => { const [n] = await (await navigator.serviceWorker.ready).getNotifications(); return [n.title, n.body, n.icon]; }");
        Assert.Equal("Ann Miller wrote to you", shown[0]);
        Assert.StartsWith("Door ", shown[1], StringComparison.Ordinal);
        Assert.EndsWith("/icons/app-192.png", shown[2], StringComparison.Ordinal);

        // A press of the notification, by the event that the browser sends; only its own may be waited for, so the test waits for it instead.
        var pressed = await InWorker(page, """
            registration.getNotifications().then(([notification]) => {
              let done;
              ExtendableEvent.prototype.waitUntil = function (work) { done = work; };
              dispatchEvent(new NotificationEvent('notificationclick', { notification }));
              return done;
            }).then(() => 'led')
            """);
        Assert.True(pressed.Contains("\"led\"", StringComparison.Ordinal), pressed);
        await page.WaitForURLAsync($"**{account}/conversations/*");
        await Assertions.Expect(page.Locator(".message.in").First).ToContainTextAsync("Are you open on Sunday?");
        Visitor.Content(visitor);
    }

    [Theory]
    [InlineData(1366, false)]
    [InlineData(1366, true)]
    [InlineData(390, true)]
    public async Task The_choice_of_notifications_is_in_order_by_day_and_by_night(int width, bool dark)
    {
        await app.Demo();
        await using var visitor = await app.NewVisitor(width, dark);
        await visitor.OpenDemo();
        await visitor.Go("/me/notifications");
        await visitor.Page.Locator("[data-push]").WaitForAsync();
        await visitor.Looked($"device/notifications-{width}{(dark ? "-dark" : "")}");
        await visitor.Page.FillAsync("[name='Hours.QuietFrom']", "22:00");
        await visitor.Page.Locator("form:has([name='Hours.QuietFrom']) button").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".field .error").First).ToContainTextAsync("need a beginning and an end");
        await visitor.Looked($"device/notifications-refused-{width}{(dark ? "-dark" : "")}");
        Visitor.Content(visitor);
    }

    private static async Task<string> Payload(Visitor visitor, string id)
    {
        var answer = await visitor.Page.APIRequest.GetAsync($"/dev/mailbox/{id}", new() { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accept"] = "application/json" } });
        return JsonSerializer.Deserialize<JsonElement>(await answer.TextAsync()).GetProperty("source").GetString()!;
    }

    /// <summary>Runs a script inside the service worker, by the browser's developer tools; answers what it said.</summary>
    private async Task<string> InWorker(IPage page, string script)
    {
        var devtools = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        devtools.Event("Target.receivedMessageFromTarget").OnEvent += (_, news) =>
        {
            // Among what else it has to tell.
            if (news!.Value.GetProperty("message").GetString() is { } said && said.StartsWith("{\"id\":1,", StringComparison.Ordinal))
                answer.TrySetResult(said);
        };
        var targets = await devtools.SendAsync("Target.getTargets");
        var worker = targets!.Value.GetProperty("targetInfos").EnumerateArray().Single(t => t.GetProperty("type").GetString() == "service_worker" && t.GetProperty("url").GetString()!.StartsWith(app.Address.ToString(), StringComparison.Ordinal));
        var session = await devtools.SendAsync("Target.attachToTarget", new Dictionary<string, object>(StringComparer.Ordinal) { ["targetId"] = worker.GetProperty("targetId").GetString()!, ["flatten"] = false });
        var call = JsonSerializer.Serialize(new { id = 1, method = "Runtime.evaluate", @params = new { expression = script, awaitPromise = true } });
        await devtools.SendAsync("Target.sendMessageToTarget", new Dictionary<string, object>(StringComparer.Ordinal) { ["sessionId"] = session!.Value.GetProperty("sessionId").GetString()!, ["message"] = call });
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task Deliver(IPage page, string payload)
    {
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        var devtools = await page.Context.NewCDPSessionAsync(page);
        var known = new TaskCompletionSource<string>();
        devtools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, news) =>
        {
            foreach (var one in news!.Value.GetProperty("registrations").EnumerateArray().Where(r => r.GetProperty("scopeURL").GetString()!.StartsWith(app.Address.ToString(), StringComparison.Ordinal)))
                known.TrySetResult(one.GetProperty("registrationId").GetString()!);
        };
        await devtools.SendAsync("ServiceWorker.enable");
        await devtools.SendAsync("ServiceWorker.deliverPushMessage", new Dictionary<string, object>(StringComparer.Ordinal) { ["origin"] = app.Address.ToString().TrimEnd('/'), ["registrationId"] = await known.Task, ["data"] = payload });
    }
}
