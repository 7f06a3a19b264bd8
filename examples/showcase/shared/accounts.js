/** What the customer has at this bank. */
export const accounts = [
  { name: 'Everyday account', ending: '4821', balance: '€3,284.16', note: '€3,784.16 available' },
  { name: 'Rainy-day savings', ending: '7730', balance: '€18,450.00', note: '2.10% a year, paid monthly' },
  { name: 'Credit card', ending: '1096', balance: '−€412.90', note: '€2,087.10 left to spend' },
];

export const transactions = [
  { payee: 'Larkfield Grocers', when: 'Today', sum: '−€64.20' },
  { payee: 'Northline Rail', when: 'Yesterday', sum: '−€18.50' },
  { payee: 'Salary, Tern & Tide Studio', when: 'Monday', sum: '+€2,910.00' },
  { payee: 'Moss Street Bakery', when: 'Monday', sum: '−€7.80' },
  { payee: 'Rent, Alder Court 12', when: 'Last week', sum: '−€1,080.00' },
];
