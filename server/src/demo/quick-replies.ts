import type { QuickReplySettings } from "@clew/contract/agents";
import { DEMO_QUEUES } from "./ids.ts";

const ORDERS = [DEMO_QUEUES.orders];
const SUPPORT = [DEMO_QUEUES.support];

export const DEMO_QUICK_REPLIES: readonly QuickReplySettings[] = [
  {
    shortcut: "hello",
    title: "Greeting",
    text: "Hello {{customer.name}}, this is {{agent.name}} from Larkspur & Co. How can I help you today?",
    queueIds: [],
  },
  {
    shortcut: "moment",
    title: "One moment",
    text: "Thank you. Give me a moment to look into this for you.",
    queueIds: [],
  },
  {
    shortcut: "still-there",
    title: "Still there?",
    text: "Are you still there, {{customer.name}}? Take your time: whatever you write later reaches us in this same chat.",
    queueIds: [],
  },
  {
    shortcut: "thanks",
    title: "Thank you and goodbye",
    text: "You are welcome, {{customer.name}}. Write here any time: this chat stays open for you. Have a lovely day!",
    queueIds: [],
  },
  {
    shortcut: "colleague",
    title: "Passing on to a colleague",
    text: "A colleague of mine knows this better than I do. I am passing you on; they can read what we wrote so far.",
    queueIds: [],
  },
  {
    shortcut: "link",
    title: "Go on elsewhere",
    text: "This link brings our chat to any other device, with everything in it: {{reconnect.link}}",
    queueIds: [],
  },
  {
    shortcut: "order-status",
    title: "Order on its way",
    text: "Your order {{fact.orderNumber}} has left our nursery. You should have it in **two to three working days**.",
    queueIds: ORDERS,
  },
  {
    shortcut: "order-number",
    title: "Ask for the order number",
    text: "Could you give me your order number? It begins with `LK-` and stands at the top of your confirmation e-mail.",
    queueIds: ORDERS,
  },
  {
    shortcut: "delivery",
    title: "Delivery times",
    text: "We deliver from Tuesday to Saturday:\n\n- small parcels: 2 to 3 working days\n- plants and pots: 3 to 5 working days",
    queueIds: ORDERS,
  },
  {
    shortcut: "return",
    title: "How to return",
    text: "You can send anything back within 30 days. I will e-mail you a label; drop the parcel at any post office.",
    queueIds: ORDERS,
  },
  {
    shortcut: "watering",
    title: "Watering advice",
    text: "Most of our house plants like to dry out a little: water them when the top two centimetres of soil feel dry.",
    queueIds: ORDERS,
  },
  {
    shortcut: "restart",
    title: "Restart the controller",
    text: "Please unplug the watering controller, count to ten, and plug it in again. Does the green light come on?",
    queueIds: SUPPORT,
  },
  {
    shortcut: "photo",
    title: "Ask for a photo",
    text: "Could you send me a photo? Drag it into this window or press the paper clip.",
    queueIds: SUPPORT,
  },
];
